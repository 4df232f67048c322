import { memo, useState } from 'react';
import type { Traffic } from '../../protocol.ts';
import { formatDate } from '../mrkdwn/dates.ts';
import { useActions, useDirectory } from '../state/context.ts';
import { CrossIcon } from './icons.tsx';

const quiet = new Set(['ok', 'acked', '…', 'connected', 'hello', '']);

/** "What just happened": every exchange between the workspace and the app. Phone numbers come masked. */
export function TrafficPane({ traffic }: { traffic: Traffic[] }) {
  const { words } = useDirectory();
  const { dispatch } = useActions();
  const [onlyProblems, setOnlyProblems] = useState(false);
  const lines = traffic.filter((line) => !onlyProblems || !quiet.has(line.outcome)).reverse();
  return (
    <aside className="side-pane" aria-label={words.traffic}>
      <header className="pane-head">
        <h2>{words.traffic}</h2>
        <button
          type="button"
          className="icon-button pane-close"
          aria-label={words.close}
          onClick={() => dispatch({ type: 'toggle_traffic' })}
        >
          <CrossIcon />
        </button>
      </header>
      <div className="traffic-intro">
        <p>{words.trafficIntro}</p>
        <label className="check">
          <input type="checkbox" checked={onlyProblems} onChange={() => setOnlyProblems(!onlyProblems)} />
          <span>{words.onlyProblems}</span>
        </label>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <div className="traffic-scroll" tabIndex={0}>
        {lines.length === 0 && <p className="empty">{onlyProblems ? words.noProblems : words.trafficEmpty}</p>}
        {lines.map((line) => (
          <Line key={line.seq} line={line} />
        ))}
      </div>
    </aside>
  );
}

const Line = memo(function Line({ line }: { line: Traffic }) {
  const { words, viewer } = useDirectory();
  const [open, setOpen] = useState(false);
  const toApp = line.direction === 'to-app';
  const bad = !quiet.has(line.outcome);
  return (
    <details className="traffic-line" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span
          className={toApp ? 'traffic-arrow traffic-to' : 'traffic-arrow'}
          title={toApp ? words.toApp : words.fromApp}
        >
          <span aria-hidden="true">{toApp ? '→' : '←'}</span>
          <span className="visually-hidden">{toApp ? words.toApp : words.fromApp}</span>
        </span>
        <span className="traffic-title">{line.title}</span>
        <span className={bad ? 'badge badge-bad' : 'badge'}>{line.outcome}</span>
        <span className="traffic-time">
          {line.ms !== null && `${words.milliseconds(Math.round(line.ms))} · `}
          {formatDate(line.at, '{time_secs}', viewer())}
        </span>
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide listing scrolls, so the keyboard must reach it */}
      {open && <pre tabIndex={0}>{JSON.stringify(line.detail, null, 2)}</pre>}
    </details>
  );
});

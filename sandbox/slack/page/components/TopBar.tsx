import type { Snapshot } from '../../protocol.ts';
import { useActions, useDirectory } from '../state/context.ts';
import type { Preferences } from '../state/model.ts';
import { MenuIcon, PulseIcon } from './icons.tsx';
import { PageControls } from './PageControls.tsx';
import { PersonSwitch } from './PersonSwitch.tsx';
import { Settings } from './Settings.tsx';

interface Props {
  snapshot: Snapshot;
  preferences: Preferences;
  trafficOpen: boolean;
  onActAs: (id: string) => void;
}

export function TopBar({ snapshot, preferences, trafficOpen, onActAs }: Props) {
  const { words } = useDirectory();
  const { dispatch } = useActions();
  return (
    <header className="top-bar">
      <button
        type="button"
        className="bar-button only-narrow"
        aria-label={words.openSidebar}
        onClick={() => dispatch({ type: 'toggle_sidebar', open: true })}
      >
        <MenuIcon />
      </button>
      <PageControls controls={snapshot.pageControls} />
      <div className="bar-end">
        <button
          type="button"
          className="bar-button"
          aria-pressed={trafficOpen}
          aria-label={words.traffic}
          title={words.traffic}
          onClick={() => dispatch({ type: 'toggle_traffic' })}
        >
          <PulseIcon />
          <span className="only-wide">{words.traffic}</span>
        </button>
        <Settings preferences={preferences} />
        <PersonSwitch onActAs={onActAs} />
      </div>
    </header>
  );
}

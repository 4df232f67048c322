import type { ReactNode } from 'react';
import { asJson, asObjects, asString, plainText } from '../../json.ts';
import type { Json } from '../../protocol.ts';
import { Each } from '../mrkdwn/Each.tsx';
import { safeUrl } from '../mrkdwn/safe-url.ts';
import { useDirectory } from '../state/context.ts';
import { RichText } from './RichText.tsx';

const marks: { [status: string]: string } = { pending: '○', in_progress: '◐', complete: '●', error: '✕' };

/** A `plan`: a title and its steps. */
export function Plan({ block }: { block: Json }) {
  return (
    <div className="nested">
      <p className="card-title">{plainText(block.title)}</p>
      <Each items={asObjects(block.tasks)} draw={(task) => <TaskCard block={task} />} />
    </div>
  );
}

/** One step of a `plan`, or a `task_card` on its own. */
export function TaskCard({ block }: { block: Json }) {
  const { words } = useDirectory();
  const status = asString(block.status);
  const known = Object.hasOwn(words.taskStatus, status);
  return (
    <div className="card-like">
      <p>
        <span className={`task-mark task-${known ? status : 'pending'}`} aria-hidden="true">
          {marks[status] ?? marks.pending}
        </span>{' '}
        <strong>{plainText(block.title)}</strong>{' '}
        <span className={status === 'error' ? 'badge badge-bad' : 'badge'}>
          {known ? words.taskStatus[status as keyof typeof words.taskStatus] : status}
        </span>
      </p>
      {block.details !== undefined && <RichText block={asJson(block.details)} />}
      {block.output !== undefined && <RichText block={asJson(block.output)} />}
      <Sources sources={asObjects(block.sources)} />
    </div>
  );
}

function Sources({ sources }: { sources: Json[] }): ReactNode {
  if (sources.length === 0) return null;
  return (
    <div className="context">
      <Each
        items={sources}
        draw={(source) => {
          const address = safeUrl(asString(source.url));
          const text = plainText(source.text) || asString(source.url);
          return address ? (
            <a href={address} target="_blank" rel="noopener noreferrer">
              {text}
            </a>
          ) : (
            <span>{text}</span>
          );
        }}
      />
    </div>
  );
}

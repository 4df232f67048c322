import { asJson, asString } from '../../json.ts';
import type { Json } from '../../protocol.ts';
import { RichText } from './RichText.tsx';

/** One step of a `plan`, or a `task_card` on its own. */
export function TaskCard({ block }: { block: Json }) {
  return (
    <div className="card-like">
      <strong>{asString(block.title)}</strong> <span className="badge">{asString(block.status)}</span>
      {block.details !== undefined && <RichText block={asJson(block.details)} />}
      {block.output !== undefined && <RichText block={asJson(block.output)} />}
    </div>
  );
}

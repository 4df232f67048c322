import type { Message } from '../../protocol.ts';
import { glyphOf } from '../mrkdwn/emoji.ts';
import { useActions, useDirectory } from '../state/context.ts';

export function Reactions({ message }: { message: Message }) {
  const { words, people, me } = useDirectory();
  const { perform } = useActions();
  if (message.reactions.length === 0) return null;
  return (
    <div className="reactions">
      {message.reactions.map(({ name, users }) => {
        const mine = users.includes(me.id);
        const names = users.map((id) => people.find((person) => person.id === id)?.realName ?? id).join(', ');
        return (
          <button
            key={name}
            type="button"
            className="reaction"
            aria-pressed={mine}
            aria-label={words.reaction(name, names)}
            title={words.reaction(`:${name}:`, names)}
            onClick={() => {
              const { channel, ts } = message;
              void perform('react', mine ? { channel, ts, name, remove: true } : { channel, ts, name });
            }}
          >
            <span className="emoji">{glyphOf(name) ?? `:${name}:`}</span> {users.length}
          </button>
        );
      })}
    </div>
  );
}

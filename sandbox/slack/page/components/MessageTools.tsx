import type { Message } from '../../protocol.ts';
import { glyphOf, quickReactions } from '../mrkdwn/emoji.ts';
import { useActions, useDirectory } from '../state/context.ts';
import { DotsIcon, ReplyIcon, SmileIcon } from './icons.tsx';
import { Menu } from './Menu.tsx';

/** What can be done with a message: shown on hover, on focus, and always where there is no pointer to hover with. */
export function MessageTools({ message, inThread }: { message: Message; inThread: boolean }) {
  const { words, app } = useDirectory();
  const { dispatch, perform } = useActions();
  const { channel, ts } = message;
  const shortcuts = app.shortcuts.filter((shortcut) => shortcut.type === 'message');
  return (
    <div className="message-tools" role="toolbar" aria-label={words.messageActions}>
      <Menu
        label={words.react}
        trigger={<SmileIcon />}
        triggerClass="tool-button"
        items={quickReactions.map((name) => ({
          key: name,
          text: <span className="emoji">{glyphOf(name)}</span>,
          hint: `:${name}:`,
          run: () => void perform('react', { channel, ts, name }),
        }))}
      />
      {!inThread && message.threadTs === null && (
        <button
          type="button"
          className="tool-button"
          aria-label={words.replyInThread}
          title={words.replyInThread}
          onClick={() => dispatch({ type: 'open_thread', channel, ts })}
        >
          <ReplyIcon />
        </button>
      )}
      <Menu
        label={words.moreActions}
        trigger={<DotsIcon />}
        triggerClass="tool-button"
        empty={words.noMoreActions}
        items={shortcuts.map((shortcut) => ({
          key: shortcut.callbackId,
          text: shortcut.name,
          hint: app.name,
          run: () => void perform('shortcut', { callbackId: shortcut.callbackId, channel, ts }),
        }))}
      />
    </div>
  );
}

import type { Channel, Message } from '../../protocol.ts';
import { useActions, useDirectory } from '../state/context.ts';
import type { PageState } from '../state/model.ts';
import { titleOf } from './ChannelPane.tsx';
import { Composer } from './Composer.tsx';
import { CrossIcon } from './icons.tsx';
import { MessageList } from './MessageList.tsx';

export function ThreadPane({ channel, parent, state }: { channel: Channel; parent: Message; state: PageState }) {
  const { words, me, people } = useDirectory();
  const { dispatch } = useActions();
  const title = titleOf(people, channel);
  const draftKey = `${me.id}:${channel.id}:${parent.ts}`;
  return (
    <aside
      className="side-pane"
      aria-label={words.repliesIn(title)}
      onKeyDown={(event) => event.key === 'Escape' && dispatch({ type: 'close_thread' })}
    >
      <header className="pane-head">
        <h2>{words.thread}</h2>
        <span className="topic">{title}</span>
        <button
          type="button"
          className="icon-button pane-close"
          aria-label={words.closeThread}
          onClick={() => dispatch({ type: 'close_thread' })}
        >
          <CrossIcon />
        </button>
      </header>
      <MessageList
        key={parent.ts}
        messages={[parent, ...parent.replies]}
        edits={state.edits}
        label={words.repliesIn(title)}
        inThread
      />
      {channel.isMember && !channel.isArchived && (
        <Composer
          key={draftKey}
          channel={channel.id}
          threadTs={parent.ts}
          draftKey={draftKey}
          draft={state.drafts[draftKey] ?? ''}
          label={words.reply}
        />
      )}
    </aside>
  );
}

import { type ReactNode, useEffect } from 'react';
import type { Channel, Person } from '../../protocol.ts';
import { useActions, useDirectory } from '../state/context.ts';
import type { PageState } from '../state/model.ts';
import { AppTabs } from './AppTabs.tsx';
import { Avatar } from './Avatar.tsx';
import { Composer } from './Composer.tsx';
import { HashIcon, LockIcon } from './icons.tsx';
import { MessageList } from './MessageList.tsx';

/** The name of a channel in texts: `#name`, or the other person's name. */
export function titleOf(people: Person[], channel: Channel): string {
  if (channel.kind !== 'dm') return `#${channel.name}`;
  return people.find((person) => person.id === channel.name)?.realName || channel.name;
}

export function ChannelPane({ channel, state }: { channel: Channel; state: PageState }) {
  const { words, people, app, me } = useDirectory();
  const { perform } = useActions();
  const title = titleOf(people, channel);
  const last = channel.messages.at(-1)?.ts;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new message that is visible counts as read
  useEffect(() => {
    if (channel.unread === 0) return;
    const read = (): void => {
      if (document.visibilityState === 'visible') void perform('read', { channel: channel.id });
    };
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [channel.id, channel.unread, last, perform]);

  const isApp = channel.kind === 'dm' && channel.name === app.botUserId;
  return (
    <main className="pane" data-channel={channel.id}>
      <header className="pane-head">
        <h1>
          {channel.kind === 'dm' ? (
            <Avatar person={people.find((person) => person.id === channel.name)} size={24} />
          ) : channel.kind === 'private' ? (
            <LockIcon />
          ) : (
            <HashIcon />
          )}
          <span>{channel.kind === 'dm' ? title : channel.name}</span>
        </h1>
        {channel.topic !== '' && <span className="topic">{channel.topic}</span>}
        {isApp && app.hasHome && <AppTabs current="messages" />}
        {channel.kind !== 'dm' && <span className="members">{words.members(channel.memberIds.length)}</span>}
      </header>
      {!app.connected && (
        <p className="banner" role="status">
          {words.appOffline}
        </p>
      )}
      <MessageList
        key={channel.id + me.id}
        messages={channel.messages}
        edits={state.edits}
        label={words.history(title)}
        inThread={false}
        unreadFrom={state.unreadFrom[channel.id]}
        intro={<ChannelIntro channel={channel} title={title} />}
      />
      <Foot channel={channel}>
        <Composer
          key={`${me.id}:${channel.id}`}
          channel={channel.id}
          draftKey={`${me.id}:${channel.id}`}
          draft={state.drafts[`${me.id}:${channel.id}`] ?? ''}
          label={words.messageTo(title)}
        />
      </Foot>
    </main>
  );
}

function ChannelIntro({ channel, title }: { channel: Channel; title: string }) {
  const { words, people } = useDirectory();
  return (
    <div className="intro">
      <span className="intro-mark">
        {channel.kind === 'dm' ? (
          <Avatar person={people.find((person) => person.id === channel.name)} size={48} />
        ) : channel.kind === 'private' ? (
          <LockIcon />
        ) : (
          <HashIcon />
        )}
      </span>
      <p className="intro-title">{channel.kind === 'dm' ? title : channel.name}</p>
      <p className="intro-text">
        {words.beginning(title)} {channel.topic}
      </p>
    </div>
  );
}

function Foot({ channel, children }: { channel: Channel; children: ReactNode }): ReactNode {
  const { words } = useDirectory();
  const { perform } = useActions();
  if (channel.isArchived) return <p className="pane-foot-note">{words.archived}</p>;
  if (channel.isMember) return children;
  return (
    <div className="pane-foot-note">
      <span>{words.notMember(channel.name)}</span>
      <button
        type="button"
        className="button button-primary"
        onClick={() => void perform('join', { channel: channel.id })}
      >
        {words.join}
      </button>
    </div>
  );
}

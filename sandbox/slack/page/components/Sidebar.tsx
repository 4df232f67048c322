import { type ReactNode, useEffect, useState } from 'react';
import type { Channel, Person, Snapshot } from '../../protocol.ts';
import { useActions, useDirectory } from '../state/context.ts';
import type { Place } from '../state/model.ts';
import { Avatar } from './Avatar.tsx';
import { CrossIcon, HashIcon, HomeIcon, LockIcon } from './icons.tsx';

interface Props {
  snapshot: Snapshot;
  place: Place | null;
  open: boolean;
}

export function Sidebar({ snapshot, place, open }: Props) {
  const { words, people } = useDirectory();
  const { dispatch, perform } = useActions();
  const { channels, app, me } = snapshot;
  /** Whose direct messages are being opened for the first time. */
  const [wanted, setWanted] = useState<string | null>(null);
  const current = place?.kind === 'channel' ? place.id : null;
  const rooms = channels.filter((channel) => channel.kind !== 'dm');
  const person = (id: string): Person | undefined => people.find((candidate) => candidate.id === id);
  const row = (channel: Channel): ReactNode => (
    <ChannelRow
      key={channel.id}
      channel={channel}
      person={channel.kind === 'dm' ? person(channel.name) : undefined}
      current={channel.id === current}
    />
  );
  const talks = channels.filter((channel) => channel.kind === 'dm' && channel.name !== app.botUserId);
  const strangers = people.filter(
    ({ id, isBot }) => !isBot && id !== me.id && !channels.some((one) => one.kind === 'dm' && one.name === id),
  );
  const wantedId = channels.find((channel) => channel.kind === 'dm' && channel.name === wanted)?.id;
  useEffect(() => {
    if (wantedId === undefined) return;
    setWanted(null);
    dispatch({ type: 'open_place', place: { kind: 'channel', id: wantedId } });
  }, [wantedId, dispatch]);
  const others = rooms.filter((channel) => !channel.isMember && !channel.isArchived);
  return (
    <>
      <nav className={open ? 'sidebar sidebar-open' : 'sidebar'} aria-label={words.sidebar}>
        <div className="sidebar-head">
          <span className="workspace-name">{snapshot.workspace.name}</span>
          <button
            type="button"
            className="icon-button only-narrow"
            aria-label={words.closeSidebar}
            onClick={() => dispatch({ type: 'toggle_sidebar', open: false })}
          >
            <CrossIcon />
          </button>
        </div>
        <div className="sidebar-lists">
          <List title={words.channels}>{rooms.filter((channel) => channel.isMember).map(row)}</List>
          {others.length > 0 && <List title={words.moreChannels}>{others.map(row)}</List>}
          {talks.length + strangers.length > 0 && (
            <List title={words.directMessages}>
              {talks.map(row)}
              {strangers.map((other) => (
                <PersonRow
                  key={other.id}
                  person={other}
                  onOpen={() => {
                    setWanted(other.id);
                    void perform('dm', { user: other.id });
                  }}
                />
              ))}
            </List>
          )}
          <List title={words.apps}>
            {app.hasHome && (
              <li>
                <button
                  type="button"
                  className="row"
                  aria-current={place?.kind === 'home' ? 'page' : undefined}
                  onClick={() => dispatch({ type: 'open_place', place: { kind: 'home' } })}
                >
                  <HomeIcon />
                  <span className="row-name">{words.homeTitle(app.name)}</span>
                </button>
              </li>
            )}
            {channels.filter((channel) => channel.kind === 'dm' && channel.name === app.botUserId).map(row)}
          </List>
        </div>
      </nav>
      {open && (
        <button
          type="button"
          className="sidebar-shade only-narrow"
          aria-label={words.closeSidebar}
          onClick={() => dispatch({ type: 'toggle_sidebar', open: false })}
        />
      )}
    </>
  );
}

function List({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      <ul>{children}</ul>
    </section>
  );
}

/** A person without direct messages so far. */
function PersonRow({ person, onOpen }: { person: Person; onOpen: () => void }) {
  return (
    <li>
      <button type="button" className="row" data-open-dm={person.id} onClick={onOpen}>
        <Avatar person={person} size={20} />
        <span className="row-name">{person.realName || person.name}</span>
      </button>
    </li>
  );
}

function ChannelRow({ channel, person, current }: { channel: Channel; person: Person | undefined; current: boolean }) {
  const { words, me } = useDirectory();
  const { dispatch } = useActions();
  const unread = channel.unread > 0 && !current;
  const count = channel.kind === 'dm' ? channel.unread : channel.mentions;
  return (
    <li>
      <button
        type="button"
        className={unread ? 'row row-unread' : 'row'}
        data-channel={channel.id}
        aria-current={current ? 'page' : undefined}
        onClick={() => dispatch({ type: 'open_place', place: { kind: 'channel', id: channel.id } })}
      >
        {channel.kind === 'dm' ? (
          <Avatar person={person} size={20} />
        ) : channel.kind === 'private' ? (
          <LockIcon />
        ) : (
          <HashIcon />
        )}
        <span className="row-name">
          {channel.kind === 'dm' ? (person?.realName ?? channel.name) : channel.name}
          {person?.id === me.id && <span className="row-you"> {words.you}</span>}
        </span>
        {unread && <span className="visually-hidden">{words.unread(channel.unread)}</span>}
        {unread && count > 0 && (
          <span className="row-count" aria-hidden="true" title={words.mentions(count)}>
            {count}
          </span>
        )}
        {unread && count === 0 && <span className="row-dot" aria-hidden="true" />}
      </button>
    </li>
  );
}

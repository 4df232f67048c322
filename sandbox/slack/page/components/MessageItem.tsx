import { memo, type ReactNode } from 'react';
import { asObjects } from '../../json.ts';
import type { Message, StateValues } from '../../protocol.ts';
import { Blocks } from '../blocks/Blocks.tsx';
import { Boundary } from '../blocks/Boundary.tsx';
import { FormContext, useFormOver } from '../inputs/form.ts';
import { formatDate } from '../mrkdwn/dates.ts';
import { Mrkdwn } from '../mrkdwn/Mrkdwn.tsx';
import { isLocalUrl } from '../mrkdwn/safe-url.ts';
import { useActions, useDirectory } from '../state/context.ts';
import { formOfMessage } from '../state/model.ts';
import { Avatar } from './Avatar.tsx';
import { FileChip } from './FileChip.tsx';
import { EyeIcon } from './icons.tsx';
import { MessageTools } from './MessageTools.tsx';
import { Reactions } from './Reactions.tsx';

interface Props {
  message: Message;
  edits: StateValues | undefined;
  /** Closely follows another message by the same author: shown without name and avatar. */
  compact: boolean;
  /** Shown in the thread pane: does not link to the thread. */
  inThread: boolean;
}

export const MessageItem = memo(function MessageItem({ message, edits, compact, inThread }: Props) {
  const { words, people, app, viewer } = useDirectory();
  const author = people.find((person) => person.id === message.user);
  const name = message.fromSlackbot ? words.workspaceBot : author?.realName || author?.name || message.user;
  const epoch = Number(message.ts) * 1_000;
  const time = (format: string): ReactNode => (
    <time className="message-time" title={formatDate(epoch, '{date_long} {time_secs}', viewer())}>
      {formatDate(epoch, format, viewer())}
    </time>
  );
  const classes = ['message', compact ? 'message-compact' : '', message.ephemeral ? 'message-private' : ''];
  return (
    <article className={classes.filter(Boolean).join(' ')} data-ts={message.ts} aria-label={name}>
      <div className="message-side">
        {compact ? time('{time}') : <Avatar person={message.fromSlackbot ? undefined : author} size={36} />}
      </div>
      <div className="message-main">
        {message.ephemeral && (
          <p className="only-you">
            <EyeIcon /> {words.onlyYou}
          </p>
        )}
        {!compact && (
          <div className="message-head">
            <span className="message-author">{name}</span>
            {author?.isBot && message.user === app.botUserId && !message.fromSlackbot && (
              <span className="app-tag">{words.appTag}</span>
            )}
            {time('{time}')}
          </div>
        )}
        {message.broadcast && <p className="context">{words.repliedInThread}</p>}
        <Boundary retryOn={message} instead={<p className="quiet-note">{words.brokenBlock}</p>}>
          <Content message={message} edits={edits} />
        </Boundary>
        <Files message={message} />
        <Reactions message={message} />
        {!inThread && message.replies.length > 0 && <ThreadLink message={message} />}
      </div>
      {!message.ephemeral && <MessageTools message={message} inThread={inThread} />}
    </article>
  );
});

function Content({ message, edits }: { message: Message; edits: StateValues | undefined }): ReactNode {
  const { words } = useDirectory();
  const blocks = asObjects(message.blocks);
  const form = useFormOver(
    formOfMessage(message),
    { type: 'message', channel: message.channel, ts: message.ts },
    message.blocks,
    edits,
  );
  const edited = message.editedAt !== null && <span className="edited">{words.edited}</span>;
  if (blocks.length === 0) {
    return (
      <div className="message-text">
        <Mrkdwn text={message.text} />
        {edited}
      </div>
    );
  }
  return (
    <FormContext value={form}>
      <Blocks blocks={blocks} />
      {edited}
    </FormContext>
  );
}

function Files({ message }: { message: Message }): ReactNode {
  if (message.files.length === 0) return null;
  return (
    <ul className="message-files">
      {message.files.map((file) => (
        <li key={file.id}>
          {file.mimetype.startsWith('image/') && isLocalUrl(file.url) ? (
            <a href={file.url} target="_blank" rel="noopener noreferrer">
              <img className="image" src={file.url} alt={file.name} />
            </a>
          ) : (
            <FileChip name={file.name} size={file.size} url={file.url} />
          )}
        </li>
      ))}
    </ul>
  );
}

function ThreadLink({ message }: { message: Message }) {
  const { words, people, viewer } = useDirectory();
  const { dispatch } = useActions();
  const authors = [...new Set(message.replies.map((reply) => reply.user))].slice(0, 4);
  const last = message.replies.at(-1);
  return (
    <button
      type="button"
      className="thread-link"
      onClick={() => dispatch({ type: 'open_thread', channel: message.channel, ts: message.ts })}
    >
      {authors.map((id) => (
        <Avatar key={id} person={people.find((person) => person.id === id)} size={22} />
      ))}
      <span className="thread-count">{words.replies(message.replies.length)}</span>
      {last && (
        <span className="thread-last">
          {words.lastReply(formatDate(Number(last.ts) * 1_000, '{date_short_pretty} {time}', viewer()))}
        </span>
      )}
    </button>
  );
}

import { Fragment, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import type { Message } from '../../protocol.ts';
import { formatDate, nearDay } from '../mrkdwn/dates.ts';
import { useDirectory } from '../state/context.ts';
import { formOfMessage, type PageState } from '../state/model.ts';
import { dayOf } from '../state/zone.ts';
import { MessageItem } from './MessageItem.tsx';

interface Props {
  messages: Message[];
  edits: PageState['edits'];
  label: string;
  inThread: boolean;
  unreadFrom?: string | undefined;
  /** Shown before the first message. */
  intro?: ReactNode;
}

/** Messages by one author within this time are grouped, in milliseconds. */
const togetherMs = 5 * 60_000;
/** Closer than this to the end counts as reading the end, in pixels. */
const nearEndPx = 80;

export function MessageList({ messages, edits, label, inThread, unreadFrom, intro }: Props) {
  const { me } = useDirectory();
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);

  const toEnd = (): void => {
    const box = scroller.current;
    if (box && atEnd.current) box.scrollTop = box.scrollHeight;
  };
  useLayoutEffect(toEnd);
  useEffect(() => {
    const box = content.current;
    if (!box) return;
    // Images and folded texts change the height after a render.
    const observer = new ResizeObserver(toEnd);
    observer.observe(box);
    return () => observer.disconnect();
  });
  return (
    <div
      ref={scroller}
      className="message-scroll"
      role="log"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      onScroll={(event) => {
        const box = event.currentTarget;
        atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < nearEndPx;
      }}
    >
      <div ref={content} className="message-list">
        {intro}
        {messages.map((message, index) => {
          const before = messages[index - 1];
          const day = dayOf(Number(message.ts) * 1_000, me.tz);
          const newDay = !before || dayOf(Number(before.ts) * 1_000, me.tz) !== day;
          const isNew = message.ts === unreadFrom;
          const divider: ReactNode = (newDay && !inThread) || isNew;
          return (
            <Fragment key={message.ts + (message.ephemeral ? 'p' : '')}>
              {divider && <DayLine epoch={newDay && !inThread ? Number(message.ts) * 1_000 : null} isNew={isNew} />}
              <MessageItem
                message={message}
                edits={edits[formOfMessage(message)]}
                compact={!divider && belongsTo(before, message)}
                inThread={inThread}
              />
            </Fragment>
          );
        })}
      </div>
    </div>
  );
}

function DayLine({ epoch, isNew }: { epoch: number | null; isNew: boolean }) {
  const { words, viewer } = useDirectory();
  const day = epoch === null ? '' : (nearDay(epoch, viewer()) ?? formatDate(epoch, '{day_divider}', viewer()));
  return (
    <div className={isNew ? 'day-line day-line-new' : 'day-line'}>
      {day !== '' && <span className="day">{day}</span>}
      {isNew && <span className="new-mark">{words.newMessages}</span>}
    </div>
  );
}

function belongsTo(before: Message | undefined, message: Message): boolean {
  return (
    before !== undefined &&
    before.user === message.user &&
    before.fromSlackbot === message.fromSlackbot &&
    before.ephemeral === message.ephemeral &&
    !message.ephemeral &&
    before.replies.length === 0 &&
    (Number(message.ts) - Number(before.ts)) * 1_000 < togetherMs
  );
}

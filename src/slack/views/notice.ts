import type { Notice } from '../../core/model/notice.ts';
import type { SubscriptionScope } from '../../core/model/subscription.ts';
import type { Posting } from '../../core/ports.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { actionIds } from '../ids.ts';
import { textMessage } from './answers.ts';
import { fitMessage, type MessageBody } from './limits.ts';
import { channelLink, date, named, person, plainName } from './mrkdwn.ts';
import { button, context, section } from './parts.ts';
import { watchedText } from './scope.ts';
import { glyphs, warning } from './state.ts';

const glyphOf: Record<Notice['kind'], string> = {
  finished: glyphs.finished,
  reopened: '🔁',
  started: glyphs.dialing,
  paused: glyphs.paused,
  changed: '✏️',
  gone: glyphs.gone,
  not_finished: '🔁',
  not_gone: '↩️',
  quarter: '📈',
  half: '📈',
  three_quarters: '📈',
};

/** An outcome, or a change that someone made elsewhere, as a new message. */
export function noticeMessage(
  notice: Notice,
  t: Catalogue,
  { mentions = [] }: Pick<Posting, 'mentions' | 'by'> = {},
): MessageBody {
  const said = `${glyphOf[notice.kind]} ${t.notices[notice.kind](named(notice.taskName))}`;
  const headline = [...mentions.map(person), said].join(' ');
  const figures = figuresOf(notice, t);
  const show = button(actionIds.showTask, t.buttons.show, notice.taskId, {
    spoken: t.aria.show(plainName(notice.taskName)),
  });
  return fitMessage({
    text: figures === null ? headline : t.units.sentences([headline, figures]),
    blocks: [
      section(headline, notice.kind === 'gone' ? undefined : show),
      context(
        [
          figures,
          date(notice.at, t.dates.moment),
          notice.correctsAt === null ? null : t.notices.corrected(date(notice.correctsAt, t.dates.moment)),
        ]
          .filter((part) => part !== null)
          .join(t.units.separator),
      ),
    ],
  });
}

export interface BrokenWatch {
  /** The name of the task, or the tasks of a subscription. */
  watched: string | SubscriptionScope;
  channel: string;
  /** Slack's code for why the channel cannot be posted to. */
  slackError: string;
}

/** A DM to the owner of a watch or a subscription: its channel can no longer be posted to, and what to do. */
export function brokenWatchMessage({ watched, channel, slackError }: BrokenWatch, t: Catalogue): MessageBody {
  return textMessage(
    t.units.sentences([
      `${warning} ${t.notices.brokenWatch(watchedText(watched, t), channelLink(channel, t))}`,
      becauseOf(slackError, t),
    ]),
  );
}

function figuresOf(notice: Notice, t: Catalogue): string | null {
  const { kind, total, done } = notice;
  if (kind === 'gone' || total === null || total === 0) return null;
  if (kind === 'finished') {
    const duration = notice.durationMs === null ? null : t.units.duration(notice.durationMs);
    const { firstSeen } = notice;
    const dialed =
      firstSeen === null
        ? t.notices.dialed(total)
        : t.notices.dialedSince(firstSeen.dialed, total, date(firstSeen.at, t.dates.moment));
    return t.notices.finishedFigures(dialed, duration, notice.ratePerMinute);
  }
  return done === null ? t.units.numbers(total) : t.notices.progress(done, total);
}

function becauseOf(slackError: string, t: Catalogue): string {
  const known = t.notices.brokenBecause;
  switch (slackError) {
    case 'not_in_channel':
    case 'is_archived':
    case 'channel_not_found':
      return known[slackError];
    default:
      return known.other(slackError.replaceAll(/[^\w]/g, ''));
  }
}

import type { Button } from '@slack/types';
import { fields } from '../../core/model/fields.ts';
import type { Notice } from '../../core/model/notice.ts';
import type { ActorAction } from '../../core/model/reading.ts';
import type { SubscriptionScope } from '../../core/model/subscription.ts';
import type { Posting } from '../../core/ports.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { actionIds, noticeBlock } from '../ids.ts';
import { textMessage } from './answers.ts';
import { fieldValueText } from './field-value.ts';
import { fitMessage, type MessageBody } from './limits.ts';
import { channelLink, date, type Names, named, person, personName, plainName } from './mrkdwn.ts';
import { button, context, section } from './parts.ts';
import { scheduleNoticeMessage } from './schedule-notice.ts';
import { watchedText } from './scope.ts';
import { glyphs, warning } from './state.ts';

/** So many changed fields are said; an edit of more is best looked at in the task. */
const maxChanges = 5;

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
  acted: '✏️',
  scheduled: '🗓️',
};

const glyphOfAct: Record<ActorAction, string> = {
  created: glyphOf.acted,
  edited: glyphOf.acted,
  started: glyphOf.started,
  paused: glyphOf.paused,
  imported: '📥',
  deleted: glyphOf.gone,
};

/** The act of a notice; of one without, no more is known than that someone changed the task. */
const actOf = ({ act }: Notice): NonNullable<Notice['act']> => act ?? { person: '', action: 'edited', count: null };

/** What a notice says besides what happened. */
interface NoticeContext extends Pick<Posting, 'mentions' | 'by'> {
  /** Of people that it only names. */
  names?: Names;
  /** The address of the card or board that shows the task; null where there is none. */
  link?: string | null;
}

/** An outcome, or a change that someone made elsewhere, as a new message. */
export function noticeMessage(
  notice: Notice,
  t: Catalogue,
  { mentions = [], names = new Map(), link = null }: NoticeContext = {},
): MessageBody {
  const { schedule } = notice;
  if (schedule !== null) return scheduleNoticeMessage({ notice, said: schedule, mentions, names, link }, t);
  const said = saidOf(notice, t, names);
  const headline = [...mentions.map(person), said].join(' ');
  const figures = figuresOf(notice, t);
  const changes = changesOf(notice, t);
  return fitMessage({
    text: [figures === null ? headline : t.units.sentences([headline, figures]), ...changes].join('\n'),
    blocks: [
      { ...section(headline, leverOf(notice, t)), block_id: noticeBlock },
      ...(changes.length > 0 ? [section(changes.join('\n'))] : []),
      context(
        [
          figures,
          date(notice.at, t.dates.moment),
          notice.correctsAt === null ? null : t.notices.corrected(date(notice.correctsAt, t.dates.moment)),
          link === null ? null : `<${link}|${t.notices.live}>`,
        ]
          .filter((part) => part !== null)
          .join(t.units.separator),
      ),
    ],
  });
}

/** Old → new, a line per field. A text that differs only beyond what is shown of it is named without. */
function changesOf({ changes }: Notice, t: Catalogue): string[] {
  const lines = fields.flatMap((field) => {
    const change = changes.find(({ field: changed }) => changed === field.name);
    if (change === undefined) return [];
    const { label } = t.fields[field.name];
    const [before, after] = [change.before, change.after].map((value) => fieldValueText(field, value, t));
    return [before === after ? label : t.notices.change(label, before ?? '', after ?? '')];
  });
  const more = lines.length - maxChanges;
  return more > 0 ? [...lines.slice(0, maxChanges), t.notices.moreChanges(more)] : lines;
}

function saidOf(notice: Notice, t: Catalogue, names: Names): string {
  const name = named(notice.taskName);
  if (notice.kind !== 'acted') return `${glyphOf[notice.kind]} ${t.notices[notice.kind](name)}`;
  const { person, action, count } = actOf(notice);
  const who = names.has(person) ? personName(person, names) : t.units.someone;
  return `${glyphOfAct[action]} ${t.notices.acted[action](who, name, count)}`;
}

/** What undoes an act or is left to be done, else what leads to the task; nothing when it is gone. */
function leverOf(notice: Notice, t: Catalogue): Button | undefined {
  const { kind, taskId, taskName } = notice;
  const spoken = plainName(taskName);
  const action = kind === 'acted' ? actOf(notice).action : null;
  if (kind === 'gone' || action === 'deleted') return undefined;
  if (action === 'paused') {
    return button(actionIds.startTask, t.buttons.start, taskId, { spoken: t.aria.start(spoken) });
  }
  if (action === 'started' || (kind === 'finished' && notice.leftOn)) {
    return button(actionIds.pauseTask, t.buttons.pause, taskId, { spoken: t.aria.pause(spoken) });
  }
  return button(actionIds.showTask, t.buttons.show, taskId, { spoken: t.aria.show(spoken) });
}

export interface BrokenWatch {
  /** The name of the task, or the tasks of a subscription. */
  watched: string | SubscriptionScope | { kind: 'digest' };
  channel: string;
  /** Slack's code for why the channel cannot be posted to. */
  slackError: string;
}

/** A DM to the owner of a watch, a subscription or a digest: its channel can no longer be posted to, and what to do. */
export function brokenWatchMessage({ watched, channel, slackError }: BrokenWatch, t: Catalogue): MessageBody {
  const where = channelLink(channel, t);
  const said =
    typeof watched !== 'string' && watched.kind === 'digest'
      ? t.digest.broken(where)
      : t.notices.brokenWatch(watchedText(watched, t), where);
  return textMessage(t.units.sentences([`${warning} ${said}`, becauseOf(slackError, t)]));
}

function figuresOf(notice: Notice, t: Catalogue): string | null {
  const { kind, total, done } = notice;
  if (kind === 'gone' || notice.act?.action === 'deleted' || total === null || total === 0) return null;
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

import type { Button, KnownBlock } from '@slack/types';
import { AppError, errorCodes } from '../../core/errors.ts';
import type { Notice } from '../../core/model/notice.ts';
import type { ScheduleSaid } from '../../core/model/schedule.ts';
import { preflightCodes } from '../../core/tasks/preflight.ts';
import { createWallClock } from '../../core/time/zone.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { errorSentence } from '../../i18n/sentences.ts';
import { actionIds, showScheduleId } from '../ids.ts';
import { fitMessage, type MessageBody } from './limits.ts';
import { date, type Names, named, person, personName, plainName } from './mrkdwn.ts';
import { actions, button, context, present, section } from './parts.ts';
import { missedButtons, scheduleGlyph } from './schedule.ts';
import { clockText, holdText, momentText, type ScheduleClock } from './schedule-words.ts';
import { itemText } from './start.ts';
import { repairButtons } from './start-repairs.ts';
import { glyphs, warning } from './state.ts';

/** A message about a schedule: its task, whom it mentions, and what people are called. */
export interface ScheduleNotice {
  notice: Notice;
  said: ScheduleSaid;
  mentions: readonly string[];
  names: Names;
  /** The address of the card or board that shows the task; null where there is none. */
  link: string | null;
}

/** What a schedule did or could not do, with the next step. */
export function scheduleNoticeMessage(
  { notice, said, mentions, names, link }: ScheduleNotice,
  t: Catalogue,
): MessageBody {
  const clock = { zone: said.zone, shows: createWallClock(said.zone).shows, now: notice.at };
  const headline = [...mentions.map(person), headlineOf(notice, said, clock, { names, t })].join(' ');
  const reasons = reasonsOf(said, names, t);
  const next = said.next === null ? null : t.schedule.said.next(momentText(said.next, clock, t));
  const buttons = buttonsOf(notice, said, t);
  return fitMessage({
    text: [headline, ...reasons].join('\n'),
    blocks: present([
      section(headline),
      reasons.length === 0 ? null : section(reasons.join('\n')),
      buttons.length === 0 ? null : actions('schedule', buttons),
      context(
        [
          next,
          said.event === 'blocked' ? t.schedule.said.once : null,
          date(notice.at, t.dates.moment),
          link === null ? null : `<${link}|${t.notices.live}>`,
        ]
          .filter((part) => part !== null)
          .join(t.units.separator),
      ),
    ]) satisfies KnownBlock[],
  });
}

function headlineOf(
  { taskName }: Notice,
  { event, moment, lateMs, change }: ScheduleSaid,
  clock: ScheduleClock,
  { names, t }: { names: Names; t: Catalogue },
): string {
  const says = t.schedule.said;
  const name = named(taskName);
  const time = moment === null ? '' : clockText(moment.at, clock);
  const late = lateMs > 0 ? [says.late(t.units.duration(lateMs))] : [];
  switch (event) {
    case 'started':
      return `${glyphs.dialing} ${t.units.sentences([says.started(name, time), ...late])}`;
    case 'paused':
      return `${glyphs.paused} ${t.units.sentences([says.paused(name, time), ...late])}`;
    case 'failed':
      return `${warning} ${moment?.action === 'pause' ? says.failedPause(name, time) : says.failedStart(name, time)}`;
    case 'blocked':
    case 'missed':
    case 'asked':
      return `${warning} ${says[event](name, time)}`;
    case 'held':
      return `${scheduleGlyph} ${says.held(name)}`;
    case 'changed': {
      const who = change === null ? t.units.someone : personName(change.person, names);
      const what = change?.what ?? 'saved';
      const text = what === 'saved' ? says.saved : what === 'removed' ? says.removedBy : says.resumedBy;
      return `${scheduleGlyph} ${text(who, name)}`;
    }
  }
}

const isCode = <Code extends string>(codes: readonly Code[], code: string): code is Code =>
  (codes as readonly string[]).includes(code);

function reasonsOf({ items, error, hold, task, room }: ScheduleSaid, names: Names, t: Catalogue): string[] {
  const spoken = items.flatMap((code) =>
    task !== null && isCode(preflightCodes, code)
      ? [`${warning} ${itemText(code, { card: { task }, preflight: { room } }, t)}`]
      : [],
  );
  const { code, hours } = error ?? { code: '', hours: null };
  const failure = isCode(errorCodes, code)
    ? [errorSentence(t, new AppError(code, code, { details: hours === null ? {} : { hours } }))]
    : [];
  const held = hold === null ? [] : [t.units.sentences([holdText(hold, names, t), t.schedule.untilResumed])];
  return [...spoken, ...failure, ...held];
}

/** The next step, if there is one to take. */
function buttonsOf(notice: Notice, said: ScheduleSaid, t: Catalogue): Button[] {
  const { taskId, taskName } = notice;
  const spoken = plainName(taskName);
  const { buttons, aria } = t.schedule;
  const show = button(actionIds.showTask, t.buttons.show, taskId, { spoken: t.aria.show(spoken) });
  const start = button(actionIds.startTask, t.buttons.start, taskId, { spoken: t.aria.start(spoken) });
  const pause = button(actionIds.pauseTask, t.buttons.pause, taskId, { spoken: t.aria.pause(spoken) });
  const edit = button(actionIds.editSchedule, buttons.edit, taskId);
  switch (said.event) {
    case 'started':
      return [pause];
    case 'paused':
      return [show];
    case 'failed':
      return said.moment?.action === 'pause' ? [pause, show] : [start, show];
    case 'asked':
      return said.moment === null ? [show] : missedButtons({ taskId }, said.moment.at, t);
    case 'missed':
      return [show];
    case 'held':
      // What has no task any more is only removed.
      if (said.hold?.why === 'gone') {
        return [button(showScheduleId(0), buttons.show, taskId, { spoken: aria.show(spoken) })];
      }
      return [
        button(actionIds.resumeSchedule, buttons.resume, taskId, { style: 'primary', spoken: aria.resume(spoken) }),
        edit,
      ];
    case 'changed':
      return said.change?.what === 'removed' ? [show] : [edit];
    case 'blocked':
      return blockedButtons(said, { start, edit }, t);
  }
}

function blockedButtons(
  { items, error, task, room }: ScheduleSaid,
  { start, edit }: { start: Button; edit: Button },
  t: Catalogue,
) {
  if (error?.code === 'calling_stopped') return [button(actionIds.askResume, t.stop.resume, 'resume')];
  if (error !== null || task === null) return [edit];
  const known = items.flatMap((code) => (isCode(preflightCodes, code) ? [{ level: 'amber' as const, code }] : []));
  const preflight = { level: 'amber' as const, items: known, room };
  // Start asks what has to be answered.
  return [...repairButtons({ task, preflight, choices: null }, t), start];
}

import type { KnownBlock } from '@slack/types';
import type { HomeSchedules } from '../../core/home/home-data.ts';
import type { TodaysSchedule, UndecidedSchedule } from '../../core/schedules/today.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { actionIds, panelId, showScheduleId } from '../ids.ts';
import { named, plainName } from './mrkdwn.ts';
import { actions, button, context, present, section } from './parts.ts';
import { missedButtons, scheduleGlyph } from './schedule.ts';
import { clockText, holdText, type ScheduleClock, whenText } from './schedule-words.ts';
import { warning } from './state.ts';

/** Of each task, so many moments of today. */
const maxMoments = 4;

/** What schedules do today, and what those of others wait for; nothing where there is neither. */
export function homeSchedules(schedules: HomeSchedules | null, t: Catalogue): KnownBlock[] {
  if (schedules === null) return [];
  const { today, others } = schedules;
  if (today.shown.length + others.shown.length + others.more === 0) return [];
  const lines = today.shown.map((one) => todayText(one, schedules.calendar, t));
  const more = today.more > 0 ? [t.home.moreToday(today.more)] : [];
  return present([
    { type: 'divider' },
    section(`*${t.home.today}*`, button(panelId('schedule'), t.home.allSchedules, 'schedule')),
    lines.length === 0 ? null : section([...lines, ...more].join('\n')),
    ...undecidedRows('others', others.shown, schedules, t),
    context(
      [others.more > 0 ? t.home.moreUndecided(others.more) : null, t.schedule.zone(named(schedules.calendar.zone))]
        .filter((part) => part !== null)
        .join(t.units.separator),
    ),
  ]);
}

function todayText({ taskName, moments }: TodaysSchedule, calendar: HomeSchedules['calendar'], t: Catalogue): string {
  const shown = moments.slice(0, maxMoments);
  const texts = shown.map(({ at, action }) => t.schedule.moments[action](clockText(at, calendar)));
  const more = moments.length - shown.length;
  const parts = [...texts, ...(more > 0 ? [t.home.more(more)] : [])];
  return `${scheduleGlyph} ${t.units.labeled(`*${named(taskName)}*`, parts.join(t.units.separator))}`;
}

/** Schedules that are held or ask, with what the messages about them offer. `of`: sets the blocks of two lists apart. */
export function undecidedRows(
  of: 'mine' | 'others',
  undecided: readonly UndecidedSchedule[],
  { calendar, now }: Pick<HomeSchedules, 'calendar' | 'now'>,
  t: Catalogue,
): KnownBlock[] {
  const clock = { zone: calendar.zone, shows: calendar.shows, now };
  return undecided.flatMap((one, index) => {
    const { question, held } = one.schedule;
    if (held !== null) return [heldRow(one, held, index, t)];
    if (question === null) return [];
    const text = t.schedule.said.asked(named(one.taskName), askedFor(question.at, clock, t));
    const buttons = missedButtons(one.schedule, question.at, t);
    return [section(`${warning} ${text}`), actions(`schedule_missed_${of}_${index}`, buttons)];
  });
}

/** The time, with its day where that is over. */
function askedFor(at: number, clock: ScheduleClock & { now: number }, t: Catalogue): string {
  const when = whenText(at, clock, t);
  const time = clockText(at, clock);
  return when === t.schedule.at(t.schedule.today, time) ? time : when;
}

function heldRow(
  { schedule: { taskId }, taskName }: UndecidedSchedule,
  held: NonNullable<UndecidedSchedule['schedule']['held']>,
  index: number,
  t: Catalogue,
): KnownBlock {
  const { buttons, aria } = t.schedule;
  const spoken = plainName(taskName);
  const text = t.units.sentences([holdText(held, new Map(), t), t.schedule.untilResumed]);
  return section(
    `${warning} *${named(taskName)}*\n${text}`,
    // What has no task any more is only removed.
    held.why === 'gone'
      ? button(showScheduleId(index), buttons.show, taskId, { spoken: aria.show(spoken) })
      : button(actionIds.resumeSchedule, buttons.resume, taskId, { style: 'primary', spoken: aria.resume(spoken) }),
  );
}

import type { Button, KnownBlock } from '@slack/types';
import type { Schedule } from '../../core/model/schedule.ts';
import type { ShownSchedule } from '../../core/schedules/shown.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { actionIds, showScheduleId } from '../ids.ts';
import { textMessage } from './answers.ts';
import { writeJson } from './json-value.ts';
import { fitMessage, type MessageBody } from './limits.ts';
import { date, type Names, named, personName, plainName } from './mrkdwn.ts';
import { actions, button, context, plain, present, section } from './parts.ts';
import { holdText, missedText, momentText, planText, type ScheduleClock } from './schedule-words.ts';
import { glyphs, warning } from './state.ts';

export const scheduleGlyph = '🗓️';

export interface ScheduleShown {
  shown: ShownSchedule;
  clock: ScheduleClock & { now: number };
  names: Names;
  /** What was just done, in a sentence; mrkdwn. null: it is only looked at. */
  done: string | null;
}

/** The schedule of one task, with its next moments and what can be done with it. */
export function scheduleMessage({ shown, clock, names, done }: ScheduleShown, t: Catalogue): MessageBody {
  const { schedule, card, upcoming } = shown;
  const says = t.schedule;
  const heading = `${scheduleGlyph} ${says.heading(named(nameOf(shown)))}`;
  const lines = upcoming.map((moment) => `• ${momentText(moment, clock, t)}`);
  const { held } = schedule;
  const mayStart = held === null && card !== null && !card.task.started;
  return fitMessage({
    text: done ?? heading,
    blocks: present([
      done === null ? null : section(`${glyphs.finished} ${done}`),
      section(`${heading}\n${planText(schedule.plan, t)}`),
      held === null ? null : section(`${warning} ${t.units.sentences([holdText(held, names, t), says.untilResumed])}`),
      section(
        lines.length === 0 ? says.noNext : [held === null ? says.next : says.wouldBe, ...lines].join('\n'),
        mayStart && shown.wanted?.action === 'start' ? startButton(shown, t) : undefined,
      ),
      schedule.question === null ? null : actions('schedule_missed', missedButtons(schedule, schedule.question.at, t)),
      actions('schedule', [
        button(actionIds.editSchedule, says.buttons.edit, schedule.taskId),
        held === null
          ? button(actionIds.pauseSchedule, says.buttons.pause, schedule.taskId)
          : button(actionIds.resumeSchedule, says.buttons.resume, schedule.taskId, { style: 'primary' }),
        button(actionIds.removeSchedule, says.buttons.remove, schedule.taskId, {
          confirm: {
            title: plain(says.removeTitle),
            text: plain(says.removeText),
            confirm: plain(says.buttons.remove),
            deny: plain(t.buttons.back),
          },
        }),
      ]),
      context(
        [
          missedText(schedule.plan, t),
          says.savedBy(personName(schedule.owner, names), date(schedule.savedAt, t.dates.moment)),
          says.zone(named(clock.zone)),
        ].join(t.units.separator),
      ),
    ]),
  });
}

const nameOf = ({ card, schedule }: ShownSchedule): string => card?.task.name ?? schedule.taskName;

function startButton(shown: ShownSchedule, t: Catalogue): Button {
  const { taskId } = shown.schedule;
  return button(actionIds.startTask, t.buttons.start, taskId, { spoken: t.aria.start(plainName(nameOf(shown))) });
}

/** The answers to the question about a start that was missed, `at` that time. */
export function missedButtons({ taskId }: Pick<Schedule, 'taskId'>, at: number, t: Catalogue): Button[] {
  const value = writeJson({ task: taskId, at });
  const { buttons } = t.schedule;
  return [
    button(actionIds.startMissed, buttons.startNow, value, { style: 'primary' }),
    button(actionIds.leaveMissed, buttons.leave, value),
  ];
}

export interface ScheduleList {
  command: string;
  shown: readonly ShownSchedule[];
  /** How many more there are. */
  more: number;
  clock: ScheduleClock & { now: number };
  names: Names;
}

/** A message shows no more; the others are counted. */
export const maxListed = 20;
/** Of each, so many moments. */
const listedMoments = 2;

/** All schedules, those that do something next first. */
export function scheduleListMessage({ command, shown, more, clock, names }: ScheduleList, t: Catalogue): MessageBody {
  const says = t.schedule;
  if (shown.length === 0)
    return textMessage(says.empty(`\`${command} ${t.commands.schedule.word} 3\``.replace('` ', '`')));
  return fitMessage({
    text: says.list,
    blocks: present([
      section(`*${says.list}*`),
      ...shown.map((one, index) => row(one, index, { clock, names }, t)),
      more > 0 ? context(says.more(more)) : null,
      context(says.zone(named(clock.zone))),
    ]),
  });
}

function row(
  shown: ShownSchedule,
  index: number,
  { clock, names }: Pick<ScheduleList, 'clock' | 'names'>,
  t: Catalogue,
): KnownBlock {
  const { schedule, upcoming } = shown;
  const { held } = schedule;
  const name = nameOf(shown);
  const moments = upcoming.slice(0, listedMoments).map((moment) => momentText(moment, clock, t));
  const next =
    held !== null
      ? `${warning} ${holdText(held, names, t)}`
      : moments.length === 0
        ? t.schedule.noNext
        : moments.join(t.units.separator);
  return section(
    [`*${named(name)}*`, next, planText(schedule.plan, t)].join('\n'),
    button(showScheduleId(index), t.schedule.buttons.show, schedule.taskId, {
      spoken: t.schedule.aria.show(plainName(name)),
    }),
  );
}

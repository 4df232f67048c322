import type { PersonRef } from '../model/address.ts';
import type { NoticeGroup } from '../model/channel-settings.ts';
import type { Notice } from '../model/notice.ts';
import type { NewOutboxItem } from '../model/outbox.ts';
import type { Reading } from '../model/reading.ts';
import type { Schedule, ScheduleSaid } from '../model/schedule.ts';
import { type Audience, type Destination, destinationsOf, isMuted } from '../subscriptions/audience.ts';
import { noticeOf, withoutFigures } from '../watch/diff.ts';

/** What is said of a schedule, to those who are notified of it. */
export interface ScheduleNews {
  schedule: Pick<Schedule, 'taskId' | 'taskName' | 'owner'>;
  said: ScheduleSaid;
  /** Its task as it is known; null when it is not. */
  reading: Reading | null;
  audience: Audience;
  /** Epoch ms. */
  at: number;
  /** Only its owner is notified: it is one of many, and who did that is answered for all of them. */
  ownerOnly?: boolean;
}

/** What is said of a schedule in that zone, with nothing of what is not mentioned. */
export function saying(zone: string, said: Pick<ScheduleSaid, 'event' | 'next'> & Partial<ScheduleSaid>): ScheduleSaid {
  return {
    zone,
    moment: null,
    lateMs: 0,
    items: [],
    task: null,
    room: null,
    error: null,
    hold: null,
    change: null,
    ...said,
  };
}

/** What was done as planned is a change like others; everything else may need someone. */
const groupOf = ({ event }: ScheduleSaid): NoticeGroup =>
  event === 'started' || event === 'paused' ? 'changes' : 'alerts';

/**
 * The messages, each place once: the channels and people that watch the task, the owner of the schedule where something
 * needs them, and who ran the task until it was started in the owner's name. What someone did to the schedule itself is
 * for its owner alone.
 * @param revision of the change that they are written with: the same change is announced once
 */
export function scheduleItems(news: ScheduleNews, revision: number): NewOutboxItem[] {
  const { schedule, said, at } = news;
  const { taskId } = schedule;
  return placesOf(news).map(({ channel, thread, mentions, direct }) => ({
    key: `schedule:${taskId}:${revision}:${said.event}:${channel}`,
    channel,
    taskId,
    body: { type: 'notice', notice: noticeOfSchedule(news), thread, mentions, direct },
    createdAt: at,
  }));
}

function placesOf({ schedule, said, reading, audience, at, ownerOnly = false }: ScheduleNews): Destination[] {
  const { taskId, owner } = schedule;
  const isMutedFor = (person: PersonRef): boolean => isMuted(audience.settingsOf(person), at);
  const direct = (person: PersonRef | null): Destination[] =>
    person === null || isMutedFor(person) ? [] : [{ channel: person, thread: false, mentions: [], direct: true }];
  if (said.change !== null) return said.change.person === owner ? [] : direct(owner);
  if (ownerOnly) return said.hold?.person === owner ? [] : direct(owner);

  const group = groupOf(said);
  const task = reading?.task ?? { name: schedule.taskName, line: noLine };
  const runBy = group === 'alerts' ? owner : (reading?.runBy ?? null);
  const places = destinationsOf({ taskId, task, group, runBy, by: null }, audience, at);
  const besides = [...(group === 'changes' && runBy !== owner ? [runBy] : []), said.hold?.person ?? null];
  for (const place of besides.flatMap(direct)) {
    if (!places.some(({ channel, mentions }) => channel === place.channel || mentions.includes(place.channel))) {
      places.push(place);
    }
  }
  return places;
}

const noLine = { id: '', name: null, total: null, used: null, expiresAt: null };

function noticeOfSchedule({ schedule, said, reading, at }: ScheduleNews): Notice {
  const figures = reading === null ? withoutFigures('scheduled') : noticeOf('scheduled', reading);
  return { ...figures, taskId: schedule.taskId, taskName: reading?.task.name ?? schedule.taskName, at, schedule: said };
}

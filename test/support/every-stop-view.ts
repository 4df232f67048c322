import type { CardData } from '../../src/core/model/card.ts';
import {
  leftReasons,
  type StopInForce,
  type StoppedTask,
  stopEvents,
  stoppedStates,
} from '../../src/core/model/emergency-stop.ts';
import * as views from '../../src/slack/views/stop.ts';
import type { drawing, Rendered } from './every-view.ts';
import { sampleNow } from './samples.ts';

export function sampleStop(change: Partial<StopInForce> = {}): StopInForce {
  return {
    id: '5d1f6c4e-2a8b-4c7d-9e0f-1a2b3c4d5e6f',
    state: 'on',
    round: 1,
    person: 'U0ALICE',
    channel: 'C0SALES',
    at: sampleNow,
    reported: true,
    resumedBy: null,
    doubted: false,
    ...change,
  };
}

function sampleStopped(change: Partial<StoppedTask> = {}): StoppedTask {
  return {
    taskId: 'task-1',
    name: 'Spring renewal',
    left: 3121,
    accepted: [],
    ordinal: 1,
    state: 'paused',
    attempt: null,
    why: null,
    ...change,
  };
}

/** Every view of an emergency stop, with as many tasks as they have room for and more. */
export function stopViews(draw: ReturnType<typeof drawing>, name: string, card: CardData): Rendered[] {
  const names = new Map([['U0ALICE', name]]);
  const many = Array.from({ length: 250 }, (_, i) => sampleStopped({ taskId: `task-${i}`, ordinal: i, name }));
  const each = (state: StoppedTask['state']) =>
    many.map((task, i) => ({ ...task, state, why: leftReasons[i % leftReasons.length] ?? null }));
  const left = leftReasons.flatMap((why) => [
    { taskId: 'task-1', name, why },
    { taskId: 'task-2', name, why },
    { taskId: 'task-3', name, why },
  ]);
  const said = { person: 'U0ALICE', at: sampleNow, stop: 'stop-1', round: 1 };
  const failed = { task: { id: 'task-1', name }, kind: 'unknown' as const, error: null };
  const resumedBy = { person: 'U0LIMEI', channel: 'C0SALES', at: sampleNow };
  return [
    ...stopEvents.flatMap((event) => [
      draw(`stop: ${event}`, views.stopNoticeMessage, { ...said, event, count: 0, others: 0, left: [] }),
      draw(`stop: ${event}, some not`, views.stopNoticeMessage, { ...said, event, count: 200, others: 300, left }),
    ]),
    ...[true, false].map((already) =>
      draw(`stopped${already ? ' before' : ''}`, views.orderedStopMessage, {
        stop: sampleStop(),
        already,
        paused: already ? [] : Array.from({ length: 200 }, () => card),
        failed: already ? Array.from({ length: 40 }, () => failed) : [],
        isIncomplete: already,
        resume: '/dial resume',
        names,
      }),
    ),
    draw('stopped without a store', views.orderedStopMessage, {
      ...{ stop: null, already: false, paused: [], failed: [], isIncomplete: false, resume: '/dial resume', names },
    }),
    draw('resume?', views.resumeQuestionMessage, { stop: sampleStop(), tasks: many, names }),
    draw('resume what is doubted?', views.resumeQuestionMessage, {
      stop: sampleStop({ doubted: true, state: 'resuming', resumedBy }),
      tasks: [sampleStopped({ name, left: null }), ...each('wanted')],
      names,
    }),
    draw('resume nothing?', views.resumeQuestionMessage, { stop: sampleStop(), tasks: each('left'), names }),
    ...(['done', 'waits', 'barred', 'closed'] as const).map((ended) =>
      draw(`resumed: ${ended}`, views.resumedMessage, { tasks: stoppedStates.flatMap(each), ended }),
    ),
  ];
}

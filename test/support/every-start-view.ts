import { AppError } from '../../src/core/errors.ts';
import type { CardData } from '../../src/core/model/card.ts';
import { type Choices, perChoice } from '../../src/core/tasks/choices.ts';
import { preflightCodes } from '../../src/core/tasks/preflight.ts';
import { askStartMessage } from '../../src/slack/views/start.ts';
import { type StartFailure, startedManyMessage, startManyQuestion } from '../../src/slack/views/start-many.ts';
import type { drawing, Rendered } from './every-view.ts';
import type { sampleCard } from './samples.ts';

type Draw = ReturnType<typeof drawing>;
type Card = (change?: Parameters<typeof sampleCard>[0]) => CardData;

const items = preflightCodes.map((code, i) => ({ code, level: i % 2 ? ('red' as const) : ('amber' as const) }));
const nothing: Choices = {
  line: [],
  script: [],
  quiet_hours: [],
  redial_rule: [],
  agent_group: [],
  hidden: [],
  reasons: perChoice(() => new Map()),
  readAt: 0,
};

/** A start of one task or of several, before it and after it. */
export function startViews(draw: Draw, name: string, card: Card): Rendered[] {
  const withoutNumbers = { progress: { total: 0, done: 0, source: 'endpoint' as const } };
  return [
    ...(['green', 'amber', 'red'] as const).map((level) =>
      draw(`start ${level}`, askStartMessage, {
        card: card(),
        preflight: { level, items: level === 'green' ? [] : items, room: level === 'green' ? null : 1 },
        estimate: { ms: 12_240_000, perMinute: 15.25, from: level === 'green' ? 'task' : { tasks: 3 } },
      }),
    ),
    ...(['no_numbers', 'line_full'] as const).map((code) =>
      draw(`start ${code} without choice`, askStartMessage, {
        card: card({ task: withoutNumbers }),
        preflight: { level: 'amber', items: [{ code, level: 'amber' }, ...items], room: 0 },
        choices: nothing,
      }),
    ),
    draw('start without figures', askStartMessage, {
      card: card({ task: { progress: null } }),
      preflight: { level: 'green', items: [], room: null },
    }),
    ...several(draw, name, card),
  ];
}

/** As many as there may be. */
export function startWithChoices(draw: Draw, card: Card, choices: Choices): Rendered {
  return draw('start with all there is to choose', askStartMessage, {
    card: card({ task: { concurrency: 4 } }),
    preflight: { level: 'amber', items: preflightCodes.map((code) => ({ level: 'amber' as const, code })), room: 2 },
    choices,
    estimate: { ms: 60_000, perMinute: 3, from: { tasks: Math.max(1, choices.line.length) } },
  });
}

function several(draw: Draw, name: string, card: Card): Rendered[] {
  const preflight = { level: 'amber' as const, items, room: 1 };
  const ready = Array.from({ length: 20 }, (_, i) => ({
    kind: 'ask' as const,
    card: card({ task: { id: `task-${i}` } }),
    preflight,
    asOf: 3,
    estimate: null,
  }));
  const task = { id: 't1', name };
  const failed: StartFailure[] = [
    { task, kind: 'ask', card: card(), preflight: { level: 'green', items: [], room: null } },
    { task, kind: 'stopped', card: card(), preflight },
    { task, kind: 'refused', error: new AppError('platform_rejected', 'x', { details: { platformMessage: name } }) },
    { task, kind: 'unknown', check: '{}' },
    { task, kind: 'busy' },
    { task, kind: 'overtaken' },
  ];
  const uncounted = {
    ...ready[0],
    card: card({ task: { progress: null } }),
    kind: 'ask' as const,
    preflight,
    asOf: 3,
    estimate: null,
  };
  return [
    draw('start several', startManyQuestion, { ready, blocked: [], asOf: 3 }),
    draw('start some', startManyQuestion, { ready: [uncounted], blocked: failed, asOf: 0 }),
    draw('start none', startManyQuestion, { ready: [], blocked: failed, asOf: 0 }),
    draw('started several', startedManyMessage, { started: ready.map((one) => one.card), alreadyOn: [], failed: [] }),
    draw('started some', startedManyMessage, { started: [card()], alreadyOn: [task], failed }),
  ];
}

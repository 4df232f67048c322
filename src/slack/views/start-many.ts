import type { Button, KnownBlock } from '@slack/types';
import type { AppError } from '../../core/errors.ts';
import type { CardData } from '../../core/model/card.ts';
import type { Task } from '../../core/model/task.ts';
import { leftOf, type Preflight } from '../../core/tasks/preflight.ts';
import type { ReadyTask } from '../../core/tasks/start-many.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { errorSentence } from '../../i18n/sentences.ts';
import { actionIds } from '../ids.ts';
import { writeJson } from './json-value.ts';
import { fitMessage, type MessageBody } from './limits.ts';
import { named, plainName } from './mrkdwn.ts';
import { actions, button, context, present, section } from './parts.ts';
import { namesOf } from './paused-many.ts';
import { findingText } from './start.ts';
import { glyphs, refusal, warning } from './state.ts';

/** A task that cannot be started now, or was not, and what is known of the reason. */
export type StartFailure = { task: Pick<Task, 'id' | 'name'> } & (
  | { kind: 'ask' | 'stopped'; card: CardData; preflight: Preflight }
  | { kind: 'refused'; error: AppError }
  /** `check`: what the button must look for. */
  | { kind: 'unknown'; check: string }
  | { kind: 'busy' | 'overtaken' }
);

export interface StartManyQuestion {
  ready: readonly ReadyTask[];
  blocked: readonly StartFailure[];
  asOf: number;
}

/** What a start of several tasks is about to do: one question for all of them, which says how many. */
export function startManyQuestion({ ready, blocked, asOf }: StartManyQuestion, t: Catalogue): MessageBody {
  const says = t.startMany;
  const numbers = sumOf(ready.map(({ card }) => leftOf(card.task)));
  const headline =
    ready.length === 0
      ? `${refusal} ${says.none}`
      : `${glyphs.dialing} ${t.units.sentences([
          says.question(ready.length),
          numbers === null ? says.unknownNumbers : t.preflight.many_numbers(t.units.numbers(numbers)),
        ])}`;
  // Each warning is written once: the value of a button is short.
  const codes = [...new Set(ready.flatMap(({ preflight }) => preflight.items.map(({ code }) => code)))];
  const agreed = ready.map(({ card: { task }, preflight: { items } }) => [
    task.id,
    leftOf(task),
    items.map(({ code }) => codes.indexOf(code)),
  ]);
  return fitMessage({
    text: headline,
    blocks: present([
      section(`*${headline}*`),
      ...ready.map((one) => section(readyText(one, t))),
      ...blocked.map((one) => failureBlock(one, t)),
      ready.length === 0
        ? null
        : actions('start', [
            button(actionIds.startMany, says.start(ready.length, numbers), writeJson({ asOf, codes, tasks: agreed }), {
              style: 'primary',
            }),
          ]),
    ]),
  });
}

/** null when one of them is not known. */
function sumOf(counts: readonly (number | null)[]): number | null {
  return counts.reduce<number | null>((sum, left) => (sum === null || left === null ? null : sum + left), 0);
}

/** A task, how much of it is left, and what is to be known before; how many numbers there are is said of all together. */
function readyText({ card, preflight }: ReadyTask, t: Catalogue): string {
  const { task } = card;
  const left = leftOf(task);
  const facts = [
    left === null ? t.preflight.leftUnknown : t.units.numbers(left),
    named(task.line.name ?? task.line.id),
  ];
  const findings = preflight.items.filter(({ code }) => code !== 'many_numbers');
  return [
    `*${named(task.name)}*${t.units.separator}${facts.join(t.units.separator)}`,
    ...findings.map((item) => findingText(item, { card, preflight }, t)),
  ].join('\n');
}

export interface StartedManyData {
  started: readonly CardData[];
  alreadyOn: readonly Pick<Task, 'id' | 'name'>[];
  failed: readonly StartFailure[];
}

/** What came of it: how many are on, and each that is not, with the reason and the next step. */
export function startedManyMessage({ started, alreadyOn, failed }: StartedManyData, t: Catalogue): MessageBody {
  const says = t.startMany;
  const headline =
    failed.length === 0
      ? `${glyphs.dialing} ${says.started(started.length)}`
      : `${warning} ${says.partly(started.length, failed.length)}`;
  return fitMessage({
    text: headline,
    blocks: present([
      section(headline),
      ...failed.map((one) => failureBlock(one, t)),
      started.length === 0 ? null : context(namesOf(started, t)),
      alreadyOn.length === 0 ? null : context(says.alreadyOn(alreadyOn.length)),
    ]),
  });
}

function failureBlock(one: StartFailure, t: Catalogue): KnownBlock {
  return section(`*${named(one.task.name)}*\n${reasonOf(one, t)}`, leverOf(one, t));
}

function reasonOf(one: StartFailure, t: Catalogue): string {
  switch (one.kind) {
    case 'ask':
    case 'stopped':
      return one.preflight.items.length === 0
        ? t.startMany.asks
        : one.preflight.items.map((item) => findingText(item, one, t)).join('\n');
    case 'refused':
      return errorSentence(t, one.error);
    case 'unknown':
      return t.unknown.start;
    default:
      return t.work[one.kind];
  }
}

/** *Start* leads to the preflight of that task, with its repairs. */
function leverOf({ task: { id, name }, ...one }: StartFailure, t: Catalogue): Button {
  const spoken = plainName(name);
  const isOn = one.kind === 'stopped' && one.preflight.items.some(({ code }) => code === 'already_started');
  if (one.kind === 'busy' || isOn) {
    return button(actionIds.showTask, t.buttons.show, id, { spoken: t.aria.show(spoken) });
  }
  if (one.kind === 'unknown') return button(actionIds.checkOutcome, t.buttons.check, one.check);
  return button(actionIds.startTask, t.buttons.start, id, { spoken: t.aria.start(spoken) });
}

import { strict as assert } from 'node:assert';
import type { DialerSandbox } from '../../../sandbox/dialer/server.ts';
import type { Modal } from '../../../sandbox/slack/client/modal.ts';
import type { PersonClient } from '../../../sandbox/slack/client.ts';
import type { SlackSandbox } from '../../../sandbox/slack/server.ts';
import { eventually } from '../eventually.ts';
import type { Archive } from '../release/archive.ts';
import type { Machine, Service } from './machine.ts';
import type { Awaited } from './said.ts';

/** Who and what the two years are about. */
export interface Cast {
  machine: Machine;
  bot: Service;
  slack: SlackSandbox;
  dialer: DialerSandbox;
  /** Speaks English, looks at #outbound-calls. */
  alice: PersonClient;
  /** Speaks Chinese, looks at #general. */
  limei: PersonClient;
  archives: { now: Archive; next: Archive };
  /** An empty database of its own; null where there is no server. */
  databaseUrl: string | null;
  /** The newest backup. */
  backup: string;
}

export interface Chapter {
  name: string;
  /** What everybody hears of it, answers to commands aside; a sentence instead says why it is left out. */
  play(cast: Cast): Promise<readonly Awaited[] | string>;
}

export const clinic = 'Clinic appointment check';
export const spring = 'Spring renewal reminder';
export const winter = 'Winter check';
export const patience = { timeoutMs: 60_000 };

/** `count` numbers that no other list has, by the digit after the prefix. */
export const phonesOf = (list: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => String(13_900_000_000 + list * 10_000 + index));

export function taskNamed(dialer: DialerSandbox, name: string) {
  const task = dialer.tasks.find((candidate) => candidate.name === name);
  if (task === undefined) throw new Error(`The platform has no task ${name}.`);
  return task;
}

/** The numbers of a task, each once. */
export function numbersOf(dialer: DialerSandbox, name: string): string[] {
  const phones = dialer.numbers(taskNamed(dialer, name).uuid).map(({ phone }) => phone);
  assert.equal(new Set(phones).size, phones.length, `${name} has a number twice`);
  return phones;
}

/** How many requests have imported numbers. */
export const importsSent = ({ dialer }: Cast): number =>
  dialer.requests.filter(({ route }) => route === 'import').length;

/** The preview of a list for a task. */
export async function previewed({ bot, alice }: Cast, task: string, phones: readonly string[]): Promise<Modal> {
  await alice.command(`${bot.settings.SLACK_COMMAND ?? '/dial'} import ${task}`);
  const form = await alice.expectModal('task_import', patience);
  await form.fill({ file: { name: 'list.csv', content: ['phone', ...phones].join('\n') } }).submit();
  return alice.expectModal('task_import_send', patience);
}

/** Imports a list, and stops the platform from answering at once, so that there is a middle of it. */
export async function importSlowly(cast: Cast, task: string, phones: readonly string[]): Promise<void> {
  const { dialer } = cast;
  const before = dialer.numbers(taskNamed(dialer, task).uuid).length;
  const preview = await previewed(cast, task, phones);
  dialer.faults.add({ kind: 'delay', route: 'import', ms: 600 });
  await preview.submit();
  await eventually(() => dialer.numbers(taskNamed(dialer, task).uuid).length >= before + 200);
}

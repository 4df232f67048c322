import type { PreflightCode } from '../../core/tasks/preflight.ts';
import type { RepairChoice } from '../../core/tasks/repairs.ts';
import { counted, grouped } from '../format.ts';

/** What keeps a task from starting, or needs a confirmation: what was found and how to fix it. */
export const preflight = {
  heading: (name: string) => `Start *${name}*?`,
  refused: (name: string) => `*${name}* cannot be started.`,
  left: 'Numbers left',
  leftUnknown: 'not reported',
  no_numbers: () => 'This task has no numbers to call. Import numbers first.',
  nothing_left: (total: string) => `All ${total} numbers of this task have been dialed. Import more numbers first.`,
  already_started: () => 'This task is already running, so there is nothing to start.',
  onAndDone: (total: string) =>
    `This task is already on, and all ${total} of its numbers have been dialed. Import more numbers, and it calls them.`,
  onWithoutNumbers: 'This task is already on, but it has no numbers. Import numbers, and it calls them.',
  script_deleted: (script: string) => `The script ${script} was deleted on the platform. Choose another script.`,
  script_debug: (script: string) =>
    `The script ${script} is in debug mode: every sentence is spoken by a synthetic voice (TTS). If that is not intended, turn debug mode off on the platform, or choose another script.`,
  line_gone: (line: string) => `The line ${line} no longer exists on the platform. Choose another line.`,
  line_expired: (line: string, day: string) =>
    `The line ${line} expired${day === '' ? '' : ` on ${day}`}. Renew it on the platform, or choose another line.`,
  line_full: (line: string, room: string) =>
    room === ''
      ? `The line ${line} has no free concurrency, so this task may make no calls for now. Choose another line, or start it later.`
      : `The line ${line} has room for ${room} only, which is less than this task may make. Choose another line, or lower the concurrency.`,
  rule_off: (rule: string) =>
    `The redial rule ${rule} is turned off, so numbers that are not reached may not be redialed. Turn it on on the platform, or choose another rule.`,
  many_numbers: (numbers: string) => `Calls will go out to ${numbers}.`,
  group_unusable: (group: string) =>
    `The agent group ${group} is disabled or has no transfer line, so calls cannot be transferred. Fix it on the platform, or choose another group.`,
} satisfies Record<PreflightCode, (a: string, b: string) => string> & Record<string, unknown>;

/** What repairs a task before it is started, and what came of that. */
export const repair = {
  /** What is chosen instead. */
  choose: {
    line: 'Choose another line',
    script: 'Choose another script',
    redial_rule: 'Choose another redial rule',
    agent_group: 'Choose another agent group',
  } satisfies Record<RepairChoice, string> as Record<RepairChoice, string>,
  noOther: {
    line: 'No other line has free concurrency now.',
    script: 'There is no other script to choose.',
    redial_rule: 'There is no other redial rule to choose.',
    agent_group: 'There is no other agent group to choose.',
  } satisfies Record<RepairChoice, string> as Record<RepairChoice, string>,
  /** What came of a repair, above the check that follows it. */
  repaired: (changes: string) => `Saved: ${changes}. Nothing has been started.`,
  alreadyRepaired: 'The task has been changed that way already. Nothing was sent.',
  moved: 'Someone else changed this task in the meantime, so nothing was saved. This is how it is now.',
  notSaved: 'Nothing was saved.',
  incomplete: 'This has to be changed together with what you chose: otherwise the platform does not save the task.',
};

/** How long a task would dial, and what that is taken from. */
export const estimate = {
  duration: 'Estimated duration',
  about: (duration: string) => `about ${duration} of dialing`,
  ownPace: (perMinute: number) => `at ${grouped(perMinute)} per minute, as this task has dialed so far`,
  paceOfOthers: (perMinute: number, tasks: number) =>
    `at ${grouped(perMinute)} per minute, as ${counted(tasks, 'other task dials', 'other tasks dial')} for this concurrency`,
};

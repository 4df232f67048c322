import type { OpenActionKind } from '../../core/model/open-action.ts';
import { counted, grouped } from '../format.ts';

/** The app's Home: what needs its person, what runs, and where to go. */
export const home = {
  stale: (since: string) => `The calling platform has not answered since ${since}. Everything here is as of then.`,
  unread: 'The calling platform has not been read yet. This fills up as soon as it has.',
  incomplete:
    'Alerts, imports, schedules and open questions cannot be read at the moment. What is missing here may exist.',
  needsMe: 'Needs you',
  nothing: 'Nothing needs you right now.',
  /** An action of this person whose outcome is not known; `name` is formatted. */
  unknown: {
    create: (name, at) => `It is not known whether ${name} was created (${at}).`,
    save: (name, at) => `It is not known whether the changes to ${name} were saved (${at}).`,
    delete: (name, at) => `It is not known whether ${name} was deleted (${at}).`,
    start: (name, at) => `It is not known whether ${name} was started (${at}).`,
    pause: (name, at) => `It is not known whether ${name} was paused (${at}). Calls may still be going out.`,
  } satisfies Record<OpenActionKind, (name: string, at: string) => string>,
  halted: (name: string, numbers: string) => `The import into ${name} (${numbers}) has stopped and waits for you.`,
  decide: 'Decide',
  today: 'Schedule for today',
  allSchedules: 'All schedules',
  /** How many schedules are not shown: they do something today, or wait for someone. */
  moreToday: (n: number) => `and ${counted(n, 'more task', 'more tasks')} today`,
  moreUndecided: (n: number) => `and ${counted(n, 'more schedule', 'more schedules')} on hold or waiting for an answer`,
  mine: 'Your tasks',
  noneMine: 'You run no task. A task is yours once you have started or created it here.',
  others: 'Also on',
  drafts: 'Your drafts',
  draft: 'no numbers yet',
  kept: (at: string) => `form not submitted, ${at}`,
  keptEdit: (at: string) => `changes not saved, ${at}`,
  importing: 'Your imports',
  importRuns: (numbers: string, at: string) => `${numbers}, begun ${at}`,
  lines: 'Lines',
  more: (n: number) => `and ${grouped(n)} more`,
  /** How many tasks are on. */
  on: (n: number) => `${counted(n, 'task', 'tasks')} on`,
  until: (at: string) => `until ${at}`,
  yours: 'Your settings',
  alertsHint: 'How alerts about your tasks reach you.',
  myAlerts: 'My alerts',
  language: 'Language: English. It follows the language of your Slack preferences.',
  hint: (command: string) => `Everything else: \`${command} help\` in any channel.`,
};

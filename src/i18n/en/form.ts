import type { ChoiceField, FieldName, OptionalChoice } from '../../core/model/fields.ts';
import type { HiddenReason } from '../../core/tasks/choices.ts';
import { counted, grouped } from '../format.ts';

/** Label, hint and placeholder of each field; an empty hint or placeholder is left out. */
export const fields: Record<FieldName, { label: string; hint: string; placeholder: string }> = {
  name: { label: 'Name', hint: '', placeholder: 'For example: Spring renewal' },
  script: { label: 'Script', hint: '', placeholder: 'Choose a script' },
  line: { label: 'Line', hint: '', placeholder: 'Choose a line' },
  concurrency: { label: 'Concurrency', hint: 'Maximum number of simultaneous calls.', placeholder: '' },
  pause_seconds: {
    label: 'Pause between calls',
    hint: 'In seconds. Leave empty for automatic: 10 if concurrency is 1, otherwise 0.',
    placeholder: 'Automatic',
  },
  ring_timeout: { label: 'Ring timeout', hint: 'How long to let a number ring, in seconds.', placeholder: '' },
  quiet_hours: {
    label: 'Quiet hours',
    hint: 'No calls are made during these hours.',
    placeholder: 'Choose quiet hours',
  },
  redial_rule: {
    label: 'Redial rule',
    hint: 'When to redial numbers that were not reached.',
    placeholder: 'Choose a redial rule',
  },
  agent_group: {
    label: 'Agent group',
    hint: 'The agents who take over transferred calls.',
    placeholder: 'Choose an agent group',
  },
  remark: { label: 'Remark', hint: '', placeholder: 'What this task is for' },
};

export const form = {
  /** The concurrency hint once a line is chosen. */
  concurrencyOnLine: (max: number) => `Simultaneous calls: max ${grouped(max)} on this line.`,
  /** The entry that clears an optional choice. */
  noChoice: { agent_group: 'No agent group' } satisfies Record<OptionalChoice, string>,
  /** Shown in place of an empty menu. */
  nothingToChoose: {
    script: 'No scripts are available.',
    line: 'No lines are available.',
    quiet_hours: 'No quiet hours are available.',
    redial_rule: 'No redial rules are available.',
    agent_group: 'No agent groups are available; a task does not need one.',
  } satisfies Record<ChoiceField, string>,
  /** What to do about an empty menu. */
  howToFix: {
    script: "Add a script in the calling platform's console, then open this form again.",
    line: 'Pause another task to free up concurrency, or add a line on the calling platform, then open this form again.',
    quiet_hours: "Add quiet hours in the calling platform's console, then open this form again.",
    redial_rule: "Turn on a redial rule in the calling platform's console, then open this form again.",
    agent_group: 'To use one, enable a group on the calling platform and assign it a transfer line.',
  } satisfies Record<ChoiceField, string>,
  /** What was chosen in the last form and cannot be now; the name is quoted. */
  lastGone: {
    line_no_free_concurrency: (name: string) => `Your last choice, ${name}, has no free concurrency now.`,
    script_deleted: (name: string) => `Your last choice, ${name}, was deleted.`,
    rule_off: (name: string) => `Your last choice, ${name}, is turned off.`,
    group_disabled: (name: string) => `Your last choice, ${name}, is disabled.`,
    group_without_line: (name: string) => `Your last choice, ${name}, has no transfer line.`,
    missing: (name: string) => `Your last choice, ${name}, is no longer on the calling platform.`,
  } satisfies Record<HiddenReason | 'missing', (name: string) => string>,
  lastNotFilled: (value: string, why: string) => `Not filled in with ${value} as last time: ${why}`,
  /** A form that was not submitted. */
  kept: (name: string, at: string) => `Your draft ${name} from ${at} was not submitted.`,
  keptEdit: (at: string) => `Your changes from ${at} were not saved.`,
  /** The task of such changes. */
  changedSince:
    'The task was changed by someone else since then. The next step shows what yours would replace; nothing is saved before.',
  moreKept: (n: number) => `${counted(n, 'older draft is', 'older drafts are')} on the Home tab of this app.`,
  unnamed: 'without a name',
  takeUp: 'Continue draft',
  startAfresh: 'Discard draft',
  keptGone: 'This draft is no longer there: it was submitted, continued elsewhere, or is older than 14 days.',
  numbers: 'Numbers (optional)',
  numbersLead:
    'With numbers, the next step shows what was found; then one press creates the task, imports them and starts it.',
  numbersNotKept:
    'If you leave this form, what you chose and typed is kept as a draft for 14 days, but not the pasted numbers.',
  fileKept: (name: string) => `The file *${name}* is kept. Paste numbers or upload another file to replace it.`,
  cannotCreate: 'A task cannot be created yet:',
  cannotEdit: 'This task cannot be edited yet:',
};

/** The parts of an option's text, and what was left out of the menus. */
export const choices = {
  lineFree: (free: number, total: number) => `${grouped(free)} of ${grouped(total)} free`,
  lineFreeOnly: (free: number) => `${grouped(free)} free`,
  lineMax: (max: number) => `up to ${grouped(max)} for this task`,
  scriptDebug: '⚠ TTS debug',
  scriptDeleted: '⚠ deleted',
  lineExpired: '⚠ expired',
  lineExpires: (day: string) => `⚠ expires ${day}`,
  hidden: {
    line_no_free_concurrency: (n: number) => `${counted(n, 'line', 'lines')} hidden: no free concurrency`,
    script_deleted: (n: number) => `${counted(n, 'script', 'scripts')} hidden: deleted`,
    rule_off: (n: number) => `${counted(n, 'redial rule', 'redial rules')} hidden: turned off`,
    group_disabled: (n: number) => `${counted(n, 'agent group', 'agent groups')} hidden: disabled`,
    group_without_line: (n: number) => `${counted(n, 'agent group', 'agent groups')} hidden: no transfer line`,
  } satisfies Record<HiddenReason, (n: number) => string>,
};

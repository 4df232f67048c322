import type { ChoiceField, FieldName, OptionalChoice } from '../../core/model/fields.ts';
import type { HiddenReason } from '../../core/tasks/choices.ts';
import { counted, grouped } from '../format.ts';

/** Label, hint and placeholder of each field; a hint or placeholder may be empty: then there is none. */
export const fields: Record<FieldName, { label: string; hint: string; placeholder: string }> = {
  name: { label: 'Name', hint: '', placeholder: 'For example: Spring renewal' },
  script: { label: 'Script', hint: '', placeholder: 'Choose a script' },
  line: { label: 'Line', hint: '', placeholder: 'Choose a line' },
  concurrency: { label: 'Concurrency', hint: 'Calls at the same time.', placeholder: '' },
  pause_seconds: {
    label: 'Pause between calls',
    hint: 'In seconds. Empty means automatic: 10 when concurrency is 1, else 0.',
    placeholder: 'Automatic',
  },
  ring_timeout: { label: 'Ring timeout', hint: 'How many seconds a number may ring.', placeholder: '' },
  quiet_hours: { label: 'Quiet hours', hint: 'No calls are made in these hours.', placeholder: 'Choose quiet hours' },
  redial_rule: {
    label: 'Redial rule',
    hint: 'When numbers that were not reached are called again.',
    placeholder: 'Choose a redial rule',
  },
  agent_group: {
    label: 'Agent group',
    hint: 'The people calls are handed over to.',
    placeholder: 'Choose an agent group',
  },
  remark: { label: 'Remark', hint: '', placeholder: 'What this task is for' },
};

export const form = {
  /** The concurrency hint once a line is chosen. */
  concurrencyOnLine: (max: number) => `Calls at the same time: max ${grouped(max)} on this line.`,
  /** The entry that takes an optional choice back. */
  noChoice: { agent_group: 'No agent group' } satisfies Record<OptionalChoice, string>,
  /** Stands where a menu would be empty. */
  nothingToChoose: {
    script: 'There is no script to choose.',
    line: 'There is no line to choose.',
    quiet_hours: 'There are no quiet hours to choose.',
    redial_rule: 'There is no redial rule to choose.',
    agent_group: 'There is no agent group to choose; the task can do without.',
  } satisfies Record<ChoiceField, string>,
  /** What to do about an empty menu. */
  mend: {
    script: 'Add a script in the console of the calling platform, then open this form again.',
    line: 'Free some concurrency by pausing another task, or add a line on the calling platform, then open this form again.',
    quiet_hours: 'Add quiet hours in the console of the calling platform, then open this form again.',
    redial_rule: 'Switch on a redial rule in the console of the calling platform, then open this form again.',
    agent_group: 'Enable a group and give it a transfer line on the calling platform to use one.',
  } satisfies Record<ChoiceField, string>,
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
    rule_off: (n: number) => `${counted(n, 'redial rule', 'redial rules')} hidden: switched off`,
    group_disabled: (n: number) => `${counted(n, 'agent group', 'agent groups')} hidden: disabled`,
    group_without_line: (n: number) => `${counted(n, 'agent group', 'agent groups')} hidden: no transfer line`,
  } satisfies Record<HiddenReason, (n: number) => string>,
};

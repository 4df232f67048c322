import type { Period } from '../../core/reports/period.ts';
import { fold } from '../../core/text/fold.ts';
import { recordedTask } from '../flows/recorded-task.ts';
import { showReport } from '../flows/report.ts';
import type { Subcommand } from './subcommand.ts';

/** The words for a period, the longer ones first: what follows one may be a task. */
const periodWords: readonly (readonly [word: string, period: Period])[] = [
  ['last week', 'last_week'],
  ['this week', 'week'],
  ['yesterday', 'yesterday'],
  ['today', 'today'],
  ['week', 'week'],
  ['上星期', 'last_week'],
  ['上周', 'last_week'],
  ['本星期', 'week'],
  ['这星期', 'week'],
  ['本周', 'week'],
  ['这周', 'week'],
  ['昨天', 'yesterday'],
  ['昨日', 'yesterday'],
  ['今天', 'today'],
  ['今日', 'today'],
];

/** `report [today|yesterday|week|last week] [task]` */
export const report: Subcommand = async (deps, interaction, rest) => {
  const { period, ref, word } = readReport(rest);
  const task = ref === '' ? null : await recordedTask(deps, interaction, { ref, operation: 'report', rest: word });
  if (ref === '' || task !== null) await showReport(deps, interaction, { period, task: task?.id ?? null });
};

/**
 * The period that a text begins with by a `word`, and the task behind it; without one, it is all about today. Chinese may go on
 * without a blank.
 * @internal Exported for tests.
 */
export function readReport(text: string): { period: Period; ref: string; word: string } {
  const typed = text.trim();
  for (const [word, period] of periodWords) {
    const begun = typed.slice(0, word.length);
    if (fold(begun) !== word) continue;
    const behind = typed.slice(word.length);
    if (behind === '' || /^\s/.test(behind) || /^\p{Script=Han}/u.test(word))
      return { period, ref: behind.trim(), word };
  }
  return { period: 'today', ref: typed, word: '' };
}

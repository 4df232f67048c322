import type { Evidence } from '../../core/model/card.ts';
import type { TaskState } from '../../core/model/reading.ts';
import type { Progress } from '../../core/model/task.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { date, named } from './mrkdwn.ts';

/** One glyph per state, distinguishable by shape and not by color alone. */
export const glyphs: Record<TaskState, string> = {
  draft: '📝',
  dialing: '📞',
  waiting: '⏳',
  awaiting_redial: '🔄',
  paused: '⏸️',
  finished: '✅',
  gone: '🗑️',
};

/** A state as it is written wherever a task is shown: its sign and its word. */
export const stateText = (state: TaskState, t: Catalogue): string => `${glyphs[state]} ${t.states[state]}`;

export const warning = '⚠️';
export const refusal = '⛔';

/** Whole percent, rounded down: 100 only when every number is dialed. */
function percentOf(progress: Progress): number {
  return progress.total > 0 ? Math.floor((Math.min(progress.done, progress.total) / progress.total) * 100) : 0;
}

export function bar(done: number, total: number, cells = 10): string {
  const full = total > 0 ? Math.floor((Math.min(done, total) / total) * cells) : 0;
  const shown = done > 0 ? Math.max(1, full) : 0;
  return '▓'.repeat(shown) + '░'.repeat(cells - shown);
}

/** `62% · 5,093 / 8,214`; null when there is no figure. */
export function progressText(progress: Progress | null, t: Catalogue): string | null {
  if (progress === null || progress.total <= 0) return null;
  return marked([t.units.percent(percentOf(progress)), t.units.of(progress.done, progress.total)], progress, t);
}

/** `62% · 3,121 left`, for where there is little room; null when there is no figure. */
export function leftText(progress: Progress | null, t: Catalogue): string | null {
  if (progress === null || progress.total <= 0) return null;
  const left = t.board.left(Math.max(0, progress.total - progress.done));
  return marked([t.units.percent(percentOf(progress)), left], progress, t);
}

/** The platform's deprecated figure is marked as approximate. */
function marked(parts: string[], { source }: Progress, t: Catalogue): string {
  const text = parts.join(t.units.separator);
  return source === 'progress_bar' ? t.units.approximately(text) : text;
}

/**
 * How the state is known, in words; mrkdwn.
 * @param moment writes a time: by default with its day
 */
export function evidenceText(
  evidence: Evidence,
  t: Catalogue,
  moment: (at: number) => string = (at) => date(at, t.dates.moment),
): string {
  switch (evidence.kind) {
    case 'moved':
      return t.evidence.moved(date(evidence.at, t.dates.time));
    case 'just_started':
    case 'on_since':
    case 'absent':
      return t.evidence[evidence.kind](moment(evidence.at));
    case 'not_moved':
    case 'stalled':
      return t.evidence[evidence.kind](moment(evidence.since));
    case 'quiet_hours':
      return t.evidence.quiet_hours(moment(evidence.until));
    case 'may_redial':
      return t.evidence.may_redial(named(evidence.rule), evidence.numbers, moment(evidence.endsAt));
    case 'all_dialed':
      return evidence.unsure === null ? t.evidence.all_dialed : t.evidence.unsure_redial(named(evidence.unsure));
    default:
      return t.evidence[evidence.kind];
  }
}

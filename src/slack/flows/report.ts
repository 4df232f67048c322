import { type Period, spanOf } from '../../core/reports/period.ts';
import type { ReportedTasks } from '../../core/reports/reports.ts';
import type { Interaction } from '../bolt/interaction.ts';
import type { SlackDeps } from '../deps.ts';
import { textMessage } from '../views/answers.ts';
import { withoutCharts } from '../views/chart.ts';
import { historyMessage } from '../views/history.ts';
import { peopleOfReport, reportMessage } from '../views/report.ts';
import { replaceFitting } from './replace-fitting.ts';
import { sendReportFile } from './report-file.ts';

/** What a report is asked about; `task`: an id, null for all tasks. */
export interface ReportAsked {
  period: Period;
  task: string | null;
}

const meantBy = ({ task }: ReportAsked): ReportedTasks =>
  task === null ? { kind: 'all' } : { kind: 'task', id: task };

/** Shows a report to the person who asks. */
export async function showReport(deps: SlackDeps, interaction: Interaction, asked: ReportAsked): Promise<void> {
  const { reports } = deps;
  const { client, t } = interaction;
  const report = await reports.report(spanOf(asked.period, reports.today()), meantBy(asked));
  const names = await deps.namesOf(peopleOfReport(report), client);
  const message = reportMessage({ report, names, period: asked.period }, t);
  const plain = withoutCharts(message);
  if (plain === message) return interaction.replace(message);
  const [whole, otherwise] = [() => message, () => plain];
  await replaceFitting(deps, interaction, { block: 'data_visualization', whole, otherwise });
}

/** Sends the days of a report as a file to the person who asks. */
export async function sendReport(deps: SlackDeps, interaction: Interaction, asked: ReportAsked): Promise<void> {
  const { reports } = deps;
  const span = spanOf(asked.period, reports.today());
  await sendReportFile(interaction, { span, rows: reports.dayRows(span, meantBy(asked)) });
  await interaction.answer(textMessage(interaction.t.report.csvSent));
}

/** Shows a page of the history of a task. */
export async function showHistory(
  deps: SlackDeps,
  { client, t, replace }: Interaction,
  { taskId, page }: { taskId: string; page: number },
): Promise<void> {
  const history = await deps.reports.history(taskId, page);
  const people = history.lines.flatMap((line) =>
    line.kind === 'entry' && line.entry.person !== null ? [line.entry.person] : [],
  );
  const names = await deps.namesOf([...new Set(people)], client);
  await replace(historyMessage({ ...history, taskId, names, keptDays: deps.reports.keptDays }, t));
}

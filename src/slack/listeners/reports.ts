import { z } from 'zod';
import { periods } from '../../core/reports/period.ts';
import { onAction } from '../bolt/listen.ts';
import { readValue } from '../bolt/read-value.ts';
import type { Register } from '../deps.ts';
import { sendReport, showHistory, showReport } from '../flows/report.ts';
import { actionFamilies, actionIds } from '../ids.ts';

const asked = z.object({ period: z.enum(periods), task: z.string().max(200).nullable() });
const turned = z.object({ task: z.string().max(200), page: z.number().int().min(1) });

/** Other periods of a report, its file, and pages of a history. */
export const reports: Register = (app, deps) => {
  onAction(app, deps, actionFamilies.report, (interaction, { value }) =>
    showReport(deps, interaction, readValue(asked, value)),
  );
  onAction(app, deps, actionIds.reportFile, (interaction, { value }) =>
    sendReport(deps, interaction, readValue(asked, value)),
  );
  onAction(app, deps, actionFamilies.history, (interaction, { value }) => {
    const { task: taskId, page } = readValue(turned, value);
    return showHistory(deps, interaction, { taskId, page });
  });
};

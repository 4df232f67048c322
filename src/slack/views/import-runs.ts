import type { KnownBlock } from '@slack/types';
import type { RunOutcome } from '../../core/imports/ledger.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { decisionButtons, runButton } from './import-result.ts';
import { fitMessage, type MessageBody } from './limits.ts';
import { date, named, person } from './mrkdwn.ts';
import { actions, context, section } from './parts.ts';

export interface ImportRuns {
  /** The name of the task that was asked for; null for all. */
  taskName: string | null;
  /** The newest first. */
  runs: readonly RunOutcome[];
}

/** The runs of a task, or of all, with what can be done about each. */
export function importRunsMessage({ taskName, runs }: ImportRuns, t: Catalogue): MessageBody {
  const heading = taskName === null ? t.imports.runs : t.imports.runsOf(named(taskName));
  if (runs.length === 0) return fitMessage({ text: heading, blocks: [section(t.imports.noRuns)] });
  return fitMessage({
    text: heading,
    blocks: [section(`*${heading}*`), ...runs.flatMap((outcome, index) => runBlocks(outcome, index, t))],
  });
}

function runBlocks({ run, result }: RunOutcome, index: number, t: Catalogue): KnownBlock[] {
  const refused = result.refused.reduce((sum, { count }) => sum + count, 0);
  const withheld = result.withheld.reduce((sum, { count }) => sum + count, 0);
  const { parts } = t.imports;
  const counts = [
    parts.accepted(result.taken ?? result.accepted, result.ready),
    result.present > 0 ? parts.present(result.present) : null,
    refused > 0 ? parts.refused(refused) : null,
    withheld > 0 ? parts.withheld(withheld) : null,
    result.unknown > 0 ? parts.unknown(result.unknown) : null,
    result.unsent > 0 ? parts.unsent(result.unsent) : null,
  ].filter((part) => part !== null);
  const what = t.units.labeled(`*${named(run.taskName)}*`, t.imports.runStates[run.state]);
  const who = t.imports.runBy(person(run.person), date(run.createdAt, t.dates.moment));
  const buttons =
    result.state === 'halted'
      ? decisionButtons({ run, result }, index, t)
      : run.state === 'running'
        ? [runButton(run.id, 'cancel', index, t)]
        : [];
  return [
    section(`${what}\n${counts.join(t.units.separator)}`),
    context(who),
    ...(buttons.length > 0 ? [actions(`import:${run.id}`, buttons)] : []),
  ];
}

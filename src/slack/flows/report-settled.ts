import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { SettledImport } from '../../core/imports/resume.ts';
import type { ImportResult } from '../../core/imports/run.ts';
import type { ImportRun } from '../../core/model/import-run.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { errorSentence } from '../../i18n/sentences.ts';
import type { Outcome } from '../bolt/outcome.ts';
import { importResultView } from '../views/import-result.ts';

/** Reaches a person in their own language, by direct message. */
export interface DirectMessages {
  client: WebClient;
  catalogueFor(person: string, client: WebClient): Promise<Catalogue>;
}

/** Notifies a person of the outcome of an import that a restart interrupted. */
export async function reportImport(
  { client, catalogueFor }: DirectMessages,
  { run, result }: SettledImport,
): Promise<void> {
  const { message } = importOutcome(run, result, await catalogueFor(run.person, client));
  await client.chat.postMessage({ channel: run.person, ...message });
}

export function importOutcome(
  { taskId, taskName }: Pick<ImportRun, 'taskId' | 'taskName'>,
  result: ImportResult,
  t: Catalogue,
): Outcome {
  const { accepted, ready, refused, unknown, unsent, endedBy } = result;
  // Where the counts do not show what ended the run, the error is added; an unknown outcome needs no explanation.
  const reason = endedBy === undefined || unknown > 0 ? null : errorSentence(t, endedBy);
  const task = { id: taskId, name: taskName };
  const view = importResultView({ task, accepted, ready, refused, unknown, stopped: unsent > 0, reason }, t);
  return { view, message: { text: t.titles.imported, blocks: view.blocks as KnownBlock[] } };
}

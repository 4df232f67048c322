import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { ImportResult } from '../../core/imports/run.ts';
import type { ImportRun } from '../../core/model/import-run.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { errorSentence } from '../../i18n/sentences.ts';
import { importResultView } from '../views/import-result.ts';
import type { MessageBody } from '../views/limits.ts';

/** What a result says, for the modal and for a message alike. */
export function importTold(t: Catalogue, run: Pick<ImportRun, 'taskId' | 'taskName'>, result: ImportResult) {
  const view = importResultView(
    {
      task: { id: run.taskId, name: run.taskName },
      accepted: result.accepted,
      ready: result.ready,
      refused: result.refused,
      unknown: result.unknown,
      stopped: result.unsent > 0,
      reason: reasonOf(t, result),
    },
    t,
  );
  const message: MessageBody = { text: t.titles.imported, blocks: view.blocks as KnownBlock[] };
  return { view, message };
}

/** Words for what ended a run, where the counts do not say it: an unknown outcome speaks for itself. */
function reasonOf(t: Catalogue, { endedBy, unknown }: ImportResult): string | null {
  return endedBy === undefined || unknown > 0 ? null : errorSentence(t, endedBy);
}

/** Tells a person by direct message what became of an import that was cut off by a restart. */
export async function tellImport(
  client: WebClient,
  catalogueFor: (person: string, client: WebClient) => Promise<Catalogue>,
  { run, result }: { run: ImportRun; result: ImportResult },
): Promise<void> {
  const t = await catalogueFor(run.person, client);
  await client.chat.postMessage({ channel: run.person, ...importTold(t, run, result).message });
}

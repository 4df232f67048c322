import { expect, test } from '@jest/globals';
import type { ViewOutput } from '@slack/bolt';
import type { ImportUseCases } from '../../../../src/core/imports/importing.ts';
import type { ImportRun } from '../../../../src/core/model/import-run.ts';
import { en } from '../../../../src/i18n/en.ts';
import { readPrivateData } from '../../../../src/slack/bolt/private-data.ts';
import type { SlackDeps } from '../../../../src/slack/deps.ts';
import { sendImport } from '../../../../src/slack/flows/import-numbers.ts';
import { createManualClock } from '../../../support/manual-clock.ts';
import { recordingLog } from '../../../support/real-store.ts';
import { fakeInteraction, fakeModal } from '../../../support/slack/fake-interaction.ts';

const run: ImportRun = {
  id: 'run-1',
  taskId: 't1',
  taskName: 'Spring renewal',
  person: 'U0ALICE',
  channel: 'C0SALES',
  state: 'running',
  counts: { rows: 4, ready: 4, rejected: 0, repeated: 0, skipped: 0 },
  createdAt: 0,
};
const result = { run, accepted: 4, ready: 4, refused: [], unknown: 0, unsent: 0, stopped: false };

/** An import that takes that long, ms, and whose result finds its modal open or closed. */
async function sent({ ms, open }: { ms: number; open: boolean }) {
  const clock = createManualClock();
  const imports: Partial<ImportUseCases> = {
    async send() {
      await clock.advance(ms);
      return result;
    },
  };
  const deps: Partial<SlackDeps> = { clock, log: recordingLog(), imports: imports as ImportUseCases };
  const modal = fakeModal(open);
  const interaction = fakeInteraction(modal);
  const data = { channel: 'C0SALES', taskId: 't1', runId: run.id };
  await sendImport(deps as SlackDeps, interaction, data, {} as ViewOutput);
  return { modal, interaction };
}

test.each([1_000, 60_000])('after %i ms the result in the modal carries the channel, and is said once', async (ms) => {
  const { modal, interaction } = await sent({ ms, open: true });
  expect(interaction.said).toEqual([]);
  expect(modal.asked).toHaveLength(1);
  expect(readPrivateData(modal.asked[0]?.private_metadata ?? '{}')).toEqual({ channel: 'C0SALES' });
});

test.each([
  [59_999, 'answer'],
  [60_000, 'direct'],
])('after %i ms, with the modal closed, the result is a message: %s', async (ms, how) => {
  const { interaction } = await sent({ ms, open: false });
  expect(interaction.said).toMatchObject([{ how, text: en.titles.imported }]);
});

import { expect, test } from '@jest/globals';
import type { ViewOutput } from '@slack/bolt';
import type { ImportUseCases } from '../../../../src/core/imports/importing.ts';
import type { TaskFinder } from '../../../../src/core/tasks/finder.ts';
import { en } from '../../../../src/i18n/en.ts';
import { readPrivateData } from '../../../../src/slack/bolt/private-data.ts';
import type { SlackDeps } from '../../../../src/slack/deps.ts';
import { sendImport } from '../../../../src/slack/flows/import-numbers.ts';
import { createManualClock } from '../../../support/manual-clock.ts';
import { recordingLog } from '../../../support/real-store.ts';
import { sampleImportRun, sampleResult } from '../../../support/samples.ts';
import { fakeInteraction, fakeModal } from '../../../support/slack/fake-interaction.ts';

const run = sampleImportRun();
const outcome = { run, result: sampleResult() };

/** An import that takes that long, ms, and whose result finds its modal open or closed. */
async function sent({ ms, open }: { ms: number; open: boolean }) {
  const clock = createManualClock();
  const concluded: string[] = [];
  const imports: Partial<ImportUseCases> = {
    async conclude(id) {
      concluded.push(id);
    },
  };
  const finder: Partial<TaskFinder> = { known: () => [] };
  const deps: Partial<SlackDeps> = {
    clock,
    log: recordingLog(),
    imports: imports as ImportUseCases,
    finder: finder as TaskFinder,
  };
  const modal = fakeModal(open);
  const interaction = fakeInteraction(modal);
  const sending = async () => {
    await null;
    await clock.advance(ms);
    return outcome;
  };
  const confirmed = { runId: run.id, outcome: sending(), showIn: () => undefined };
  await sendImport(deps as SlackDeps, interaction, confirmed, {} as ViewOutput);
  expect(concluded).toEqual([run.id]);
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

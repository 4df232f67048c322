import { expect, test } from '@jest/globals';
import { AppError } from '../../../../src/core/errors.ts';
import { draftOf } from '../../../../src/core/model/fields.ts';
import type { TaskUseCases } from '../../../../src/core/tasks/actions.ts';
import type { FormMemory } from '../../../../src/core/tasks/form-memory.ts';
import type { ActionResult } from '../../../../src/core/tasks/requests.ts';
import { type PrivateData, readPrivateData } from '../../../../src/slack/bolt/private-data.ts';
import type { SlackDeps } from '../../../../src/slack/deps.ts';
import { saveEdit } from '../../../../src/slack/flows/edit-task.ts';
import { createManualClock } from '../../../support/manual-clock.ts';
import { recordingLog } from '../../../support/real-store.ts';
import { sampleCard, sampleChoices, sampleTask } from '../../../support/samples.ts';
import { fakeInteraction, fakeModal } from '../../../support/slack/fake-interaction.ts';
import { wordsOf } from '../../../support/view-text.ts';

const before = sampleTask({ id: 't1', alteredAt: 5_000 });
const draft = { ...draftOf(before), remark: 'typed' };
const data: PrivateData = { channel: 'C0SALES', key: 'k1', taskId: 't1', alteredAt: 1_000, draft };

/** Saves, with that result of the use case; what it was given, what was shown, and what became of the draft. */
async function saving(result: ActionResult) {
  const given: unknown[] = [];
  const dropped: string[] = [];
  const tasks: Partial<TaskUseCases> = {
    card: async () => sampleCard({ task: before }),
    async save(request) {
      given.push(request);
      return result;
    },
  };
  const forms: Partial<FormMemory> = { drop: async (key) => void dropped.push(key) };
  const choices = sampleChoices(3);
  const deps: Partial<SlackDeps> = {
    log: recordingLog(),
    clock: createManualClock(),
    tasks: tasks as TaskUseCases,
    forms: forms as FormMemory,
    choices: { atHand: () => choices, last: () => choices, fresh: async () => choices },
  };
  const modal = fakeModal();
  await saveEdit({ deps: deps as SlackDeps, interaction: fakeInteraction(modal), data });
  return { given, dropped, view: modal.asked.at(-1) };
}

test('what the person saw last is compared where nothing comes in between: by the save itself', async () => {
  const { given, dropped } = await saving({ kind: 'done', card: sampleCard({ task: before }) });
  expect(given).toEqual([expect.objectContaining({ taskId: 't1', draft, alteredAt: 1_000 })]);
  expect(dropped).toEqual(['k1']);
});

test('a task that was changed meanwhile is shown as it is now, and what was typed is kept', async () => {
  const { dropped, view } = await saving({ kind: 'refused', error: new AppError('task_changed', 'changed') });
  expect(view?.callback_id).toBe('task_edit_save');
  expect(wordsOf(view?.blocks).join('\n')).toContain('Someone else changed this task');
  expect(readPrivateData(view?.private_metadata ?? '')).toMatchObject({ key: 'k1', alteredAt: 5_000, draft });
  expect(dropped).toEqual([]);
});

import { expect, test } from '@jest/globals';
import { AppError } from '../../../../src/core/errors.ts';
import type { TaskUseCases } from '../../../../src/core/tasks/actions.ts';
import type { ActionResult, StartResult } from '../../../../src/core/tasks/requests.ts';
import { en } from '../../../../src/i18n/en.ts';
import { errorSentence } from '../../../../src/i18n/sentences.ts';
import type { PrivateData } from '../../../../src/slack/bolt/private-data.ts';
import type { SlackDeps } from '../../../../src/slack/deps.ts';
import { actOnTask } from '../../../../src/slack/flows/act-on-task.ts';
import { createManualClock } from '../../../support/manual-clock.ts';
import { recordingLog } from '../../../support/real-store.ts';
import { sampleCard } from '../../../support/samples.ts';
import { fakeInteraction, fakeModal } from '../../../support/slack/fake-interaction.ts';
import { actionIds, wordsOf } from '../../../support/view-text.ts';

function depsWith(result: ActionResult & StartResult) {
  const log = recordingLog();
  const tasks: Partial<TaskUseCases> = { start: async () => result, pause: async () => result };
  const deps: Partial<SlackDeps> = { log, clock: createManualClock(), tasks: tasks as TaskUseCases };
  const reference = () => String(log.lines.find(({ level }) => level === 'error')?.fields.reference);
  return { deps: deps as SlackDeps, reference };
}

const rejected = new AppError('platform_timeout', 'slow');
const refused = { kind: 'refused', error: rejected } as const;
/** The data of a deletion's form, which offers to pause a running task first. */
const data: PrivateData = { channel: 'C0SALES', taskId: 't1', name: 'Spring renewal', request: '{"form":"delete"}' };
const times = (text: string, part: string): number => text.split(part).length - 1;

test.each(['start', 'pause'] as const)('a %s refused in a modal is said once, with its reference', async (verb) => {
  const { deps, reference } = depsWith(refused);
  const modal = fakeModal();
  await actOnTask(deps, fakeInteraction(modal), { verb, taskId: 't1', data });
  const text = wordsOf(modal.asked.at(-1)?.blocks).join('\n');
  expect(text).toContain(errorSentence(en, rejected));
  expect(text).toContain(reference());
  expect(times(text, '⚠')).toBe(1);
});

test.each(['start', 'pause'] as const)('a command whose %s is refused is answered with the reference', async (verb) => {
  const { deps, reference } = depsWith(refused);
  const interaction = fakeInteraction();
  await actOnTask(deps, interaction, { verb, taskId: 't1' });
  expect(interaction.said).toHaveLength(1);
  expect(wordsOf(interaction.said[0]?.blocks).join('\n')).toContain(reference());
});

test.each([refused, { kind: 'busy' } as const])(
  '$kind, with the modal closed meanwhile, the way to try again goes into the message',
  async (result) => {
    const { deps } = depsWith(result);
    const modal = fakeModal(true, false);
    const interaction = fakeInteraction(modal);
    await actOnTask(deps, interaction, { verb: 'pause', taskId: 't1', data, deleting: true });
    expect(actionIds(modal.asked.at(-1))).toEqual(['form_retry']);
    expect(interaction.said.map(({ how, blocks }) => [how, actionIds(blocks)])).toEqual([['answer', ['form_retry']]]);
  },
);

test('paused, the form of a deletion continues with its data', async () => {
  const { deps } = depsWith({ kind: 'done', card: sampleCard({ state: 'paused', task: { started: false } }) });
  const modal = fakeModal();
  await actOnTask(deps, fakeInteraction(modal), { verb: 'pause', taskId: 't1', data, deleting: true });
  expect(modal.asked.at(-1)).toMatchObject({ callback_id: 'task_delete', private_metadata: JSON.stringify(data) });
});

test('a modal that cannot say that work is in progress keeps a start from being sent, never a pause', async () => {
  const { deps } = depsWith({ kind: 'busy' });
  const busy = new AppError('chat_failed', 'busy');
  const paused = fakeModal(busy);
  await actOnTask(deps, fakeInteraction(paused), { verb: 'pause', taskId: 't1', data });
  expect(paused.asked).toHaveLength(2);
  const start = actOnTask(deps, fakeInteraction(fakeModal(busy)), { verb: 'start', taskId: 't1' });
  await expect(start).rejects.toBe(busy);
});

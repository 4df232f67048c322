import { expect, test } from '@jest/globals';
import type { DeletedTask } from '../../../../src/core/reports/deleted.ts';
import { findTask } from '../../../../src/core/tasks/find.ts';
import { schedule } from '../../../../src/slack/commands/schedule.ts';
import type { SlackDeps } from '../../../../src/slack/deps.ts';
import { recordedTask } from '../../../../src/slack/flows/recorded-task.ts';
import { taskOf } from '../../../support/core/task-samples.ts';
import { sampleSchedule } from '../../../support/every-schedule-view.ts';
import { china } from '../../../support/schedules/rig.ts';
import { fakeInteraction } from '../../../support/slack/fake-interaction.ts';

const living = [taskOf({ id: 'living-1', name: 'Spring renewal' }), taskOf({ id: 'living-2', name: 'Autumn' })];
const lastList = ['living-2'];

/** @param deleted what the record says of the reference. */
function depsWith(deleted: Omit<DeletedTask, 'id'> | null) {
  const finder = { find: async (_person: string, ref: string) => findTask(ref, living, lastList) };
  const reports = { deletedNamed: async () => (deleted === null ? null : { id: 'deleted-1', ...deleted }) };
  return { finder, reports } as unknown as SlackDeps;
}

test.each<[ref: string, deleted: Omit<DeletedTask, 'id'> | null, meant: string]>([
  // A living one in whose name it is, and a deleted one of that name.
  ['Spring', { name: 'Spring', inFull: true }, 'deleted-1'],
  ['spring', { name: 'Spring 2025', inFull: false }, 'living-1'],
  ['Spring', null, 'living-1'],
  ['“Spring renewal”', { name: 'Spring renewal', inFull: true }, 'living-1'],
  ['living-1', { name: 'living-1', inFull: true }, 'living-1'],
  ['1', { name: '1', inFull: true }, 'living-2'],
  ['Winter', { name: 'Winter wave', inFull: false }, 'deleted-1'],
])('%s, where the record has %j, means %s', async (ref, deleted, meant) => {
  const found = await recordedTask(depsWith(deleted), fakeInteraction(), { ref, operation: 'history' });
  expect(found?.id).toBe(meant);
});

test('the schedule of a task is shown where the platform does not answer, and there was no poll lately', async () => {
  const interaction = fakeInteraction();
  const shown = { schedule: sampleSchedule({ taskId: 'living-2' }), card: null, upcoming: [], wanted: null };
  const { finder } = depsWith(null);
  const deps = {
    finder: { ...finder, findAtHand: async () => null, findKnown: finder.find },
    schedules: { calendar: china, now: () => 0, of: async (id: string) => (id === 'living-2' ? shown : null) },
    namesOf: async () => new Map(),
  } as unknown as SlackDeps;
  await schedule(deps, interaction, 'Autumn');
  expect(interaction.said.map(({ text }) => text)).toEqual([expect.stringContaining('Schedule of')]);
});

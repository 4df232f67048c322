import { expect, test } from '@jest/globals';
import { type Act, createPermission } from '../../../../src/core/access/permission.ts';

const acts: Act[] = [
  'create',
  'save',
  'start',
  'pause',
  'delete',
  'import',
  'watch',
  'unwatch',
  'notice_settings',
  'quiet_hours',
];

test('every admitted person may do everything', async () => {
  const may = createPermission();
  for (const act of acts) await expect(may('U1', act, 't')).resolves.toBeUndefined();
});

test('a rule forbids what it forbids, and never a pause', async () => {
  const asked: string[] = [];
  const may = createPermission(async (_, act) => {
    asked.push(act);
    return false;
  });
  for (const act of acts.filter((one) => one !== 'pause')) {
    await expect(may('U1', act, 't')).rejects.toMatchObject({ code: 'not_permitted' });
  }
  await expect(may('U1', 'pause', 't')).resolves.toBeUndefined();
  expect(asked).toEqual(acts.filter((one) => one !== 'pause'));
});

test('a rule that fails lets nothing through but a pause', async () => {
  const may = createPermission(() => Promise.reject(new Error('the store is silent')));
  await expect(may('U1', 'start', 't')).rejects.toThrow('the store is silent');
  await expect(may('U1', 'pause', 't')).resolves.toBeUndefined();
});

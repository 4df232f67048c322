import { afterEach, expect, test } from '@jest/globals';
import type { Modal } from '../../sandbox/slack/client/modal.ts';
import { eventually } from '../support/eventually.ts';
import { startWorld, taskNamed, type World } from '../support/world.ts';

const patience = { timeoutMs: 60_000 };
const clinic = 'Clinic appointment check';

let world: World;
afterEach(() => world.close());

const task = () => taskNamed(world.dialer, clinic);
const saves = (): number => world.dialer.effects('update');

async function edit(): Promise<Modal> {
  await world.alice.command(`/dial edit ${clinic}`);
  return world.alice.expectModal('task_edit', patience);
}

/** Opens the form until it shows that: what was just closed is kept behind the scenes. */
const editShowing = (text: string): Promise<Modal> =>
  eventually(async () => {
    const form = await edit();
    if (form.text().includes(text)) return form;
    await form.close({ all: true });
    return false;
  });

test('changes that were typed outlive the window, say when the task was changed since, and overwrite nothing unseen', async () => {
  world = await startWorld({ dialer: { speed: 0 } });
  const { alice, dialer } = world;
  await world.app.pollNow();
  const begun = await (await edit()).fill({ remark: 'half done', concurrency: '2' });
  await begun.apply();
  await begun.close({ all: true });
  // Another form has no draft of this one.
  await alice.command('/dial new');
  const fresh = await alice.expectModal('task_create', patience);
  expect(fresh.text()).not.toMatch(/Your draft|Your changes/);
  await fresh.close({ all: true });

  const next = await editShowing('Your changes from');
  expect(next.text()).not.toContain('changed by someone else');
  // A look at the form as it is takes nothing from what was kept.
  await next.close({ all: true });
  dialer.rival(task().uuid, { callPauseSecond: 7 });
  const later = await editShowing('was changed by someone else since then');
  expect(later.value('remark')).not.toBe('half done');
  await later.press('form_open');
  await eventually(() => later.value('remark') === 'half done');
  expect(later.text()).toContain('was changed by someone else since then');
  await later.submit();
  const review = await alice.expectModal('task_edit_save', patience);
  expect(review.text()).toMatch(/Someone else changed this task.*Pause between calls.*7.*half done/s);
  expect(saves()).toBe(0);
  // Leaving the review leaves the draft.
  await review.close({ all: true });
  const again = await editShowing('Your changes from');
  await again.press('form_open');
  await eventually(() => again.value('remark') === 'half done');
  await again.submit();
  await (await alice.expectModal('task_edit_save', patience)).submit();
  await (await alice.expectModal('Task saved', patience)).close({ all: true });
  expect([saves(), task().maximumCall]).toEqual([1, 2]);
  const settled = await edit();
  expect(settled.text()).not.toContain('Your changes from');
  await settled.close({ all: true });
}, 180_000);

test('what was typed survives an outage and a discard is final', async () => {
  world = await startWorld({ dialer: { speed: 0 } });
  const { alice, dialer } = world;
  await world.app.pollNow();
  const form = await (await edit()).fill({ remark: 'typed before the outage' });
  dialer.faults.add({ kind: 'status', route: 'init', status: 503 });
  dialer.faults.add({ kind: 'status', route: 'list', status: 503 });
  await form.submit();
  await form.expectText(/cannot be reached|error|responded/i, patience);
  expect(form.value('remark')).toBe('typed before the outage');
  await form.close({ all: true });
  dialer.faults.clear();
  const kept = await editShowing('Your changes from');
  await kept.press('form_discard');
  await eventually(() => !kept.text().includes('Your changes from'));
  await kept.close({ all: true });
  const after = await edit();
  expect(after.text()).not.toContain('Your changes from');
  expect(saves()).toBe(0);
  await after.close({ all: true });
  await alice.command(`/dial show ${clinic}`);
  await alice.expectEphemeral(clinic, patience);
}, 180_000);

import { describe, expect, test } from '@jest/globals';
import {
  cardOf,
  command,
  createTask,
  describeDemo,
  dialog,
  expectSpeed,
  fillTask,
  message,
  numbers,
  pressIn,
  pull,
  setSpeed,
  soon,
  startMany,
} from './stage.ts';

/** A form is filled in, and the clock runs, at the pace of the machine. */
const patience = { timeout: 150_000 };

const clinic = 'Clinic appointment check';

const onSchedule = {
  en: {
    who: 'alice',
    set: /^A schedule: Li Mei has “Clinic appointment check” run \d\d:\d\d–\d\d:\d\d$/,
    started: /Clinic appointment check was started by its schedule for (\d\d:\d\d)/,
    paused: /Clinic appointment check was paused by its schedule for (\d\d:\d\d)/,
    isOn: 'Dialing',
    isOff: 'Paused',
    replies: /\d (reply|replies)/,
    thread: /^Thread in /,
    remove: /^Li Mei removes the schedule of “Clinic appointment check” \(\d\d:\d\d–\d\d:\d\d\)$/,
  },
  'zh-CN': {
    who: 'limei',
    set: /^定时：李梅让“Clinic appointment check”在 \d\d:\d\d–\d\d:\d\d 运行$/,
    started: /Clinic appointment check 已按 (\d\d:\d\d) 的定时启动/,
    paused: /Clinic appointment check 已按 (\d\d:\d\d) 的定时暂停/,
    isOn: '呼叫中',
    isOff: '已暂停',
    replies: /\d 条回复/,
    thread: /中的消息列$/,
    remove: /^李梅删除“Clinic appointment check”的定时（\d\d:\d\d–\d\d:\d\d）$/,
  },
} as const;

describe.each(['en', 'zh-CN'] as const)('in %s', (locale) => {
  describeDemo(
    'a schedule in the demo',
    ({ visit, shot }) => {
      test('starts and pauses its task by the clock, in front of everybody, and is removed with the next click', async () => {
        const t = onSchedule[locale];
        const page = await visit(t.who);
        // Whatever the visitor has set before: the scenario sees to it that the clock runs.
        await setSpeed(page, locale === 'en' ? 'Pause' : '暂停');
        await pull(page, t.set);
        // What a schedule does is a change of its task: it is announced in the thread of its card.
        const card = cardOf(page, clinic);
        await card.getByRole('button', { name: t.replies }).click(patience);
        const thread = page.getByRole('complementary', { name: t.thread });
        const started = thread.locator('[data-ts]').filter({ hasText: t.started });
        await started.waitFor(patience);
        await expectSpeed(page, '10×');
        await card.getByText(t.isOn, { exact: true }).waitFor(soon);
        await shot(page, `schedule-${locale}-started`);
        const paused = thread.locator('[data-ts]').filter({ hasText: t.paused });
        await paused.waitFor(patience);
        await card.getByText(t.isOff, { exact: true }).waitFor(soon);
        const from = t.started.exec((await started.textContent()) ?? '')?.[1];
        const until = t.paused.exec((await paused.textContent()) ?? '')?.[1];
        expect(minutesOf(until) - minutesOf(from)).toBe(5);
        await shot(page, `schedule-${locale}-paused`);
        await pull(page, t.remove);
        await page.getByRole('button', { name: /^(Scenarios|场景)$/ }).click();
        await page.getByRole('menuitem', { name: t.set }).waitFor(soon);
        await shot(page, `schedule-${locale}-menu`);
      }, 360_000);
    },
    { LOCALE: locale },
  );
});

const minutesOf = (time = ''): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

describeDemo('the scenarios of the demo', ({ visit, shot }) => {
  test('scenario “a line dies”: the card says that nothing moves, and resumes after the repair', async () => {
    const page = await visit('alice');
    const card = await createTask(page, 'Line test', numbers(120, '1340013'), '8');
    await startMany(page, card);
    await card.getByText('Dialing', { exact: true }).waitFor(soon);
    await pull(page, /^A line dies/);
    await setSpeed(page, '60×');
    await card.getByText('Waiting', { exact: true }).waitFor({ timeout: 90_000 });
    await shot(page, 'line-dead');
    await pull(page, /^Repair the line of “Line test”/);
    await card.getByText('Dialing', { exact: true }).waitFor(soon);
    await card.getByText('Finished', { exact: true }).waitFor({ timeout: 90_000 });
    await setSpeed(page, '10×');
    await shot(page, 'line-repaired');
  }, 150_000);

  test('scenario “platform down”: cards say since when they are stale, an action’s unknown outcome is said to be unknown, and all recovers', async () => {
    const page = await visit('alice');
    const card = cardOf(page, 'Spring renewal reminder');
    await pull(page, /^Platform down/);
    await card.getByText('No complete response since').waitFor(soon);
    await shot(page, 'platform-down');
    await card.getByRole('button', { name: 'Pause' }).click();
    const answer = message(page, 'It is not known yet whether the task was paused.');
    await answer.scrollIntoViewIfNeeded(soon);
    await shot(page, 'platform-down-pause');
    await pull(page, /^Bring the platform back/);
    await card.getByText('No complete response since').waitFor({ state: 'detached', ...soon });
    await card.getByText('Dialing', { exact: true }).waitFor(soon);
    await answer.getByRole('button', { name: 'Check now' }).click();
    await answer.waitFor({ state: 'detached', ...soon });
    await shot(page, 'platform-back');
  }, 90_000);

  test('scenario “answer lost”: the true outcome is found out, and nothing is done twice', async () => {
    const page = await visit('alice');
    const card = cardOf(page, 'Spring renewal reminder');
    await pull(page, /^Answer lost/);
    await card.getByRole('button', { name: 'Pause' }).click();
    await card.getByText('Paused', { exact: true }).waitFor(soon);
    await card.getByText(/Alice Chen paused/).waitFor();
    await shot(page, 'answer-lost-pause');
    // One answer only: the next action is undisturbed, and the scenario can be run again.
    await startMany(page, card);
    await card.getByText('Dialing', { exact: true }).waitFor(soon);
    await pull(page, /^Answer lost/);
    await command(page, '/dial new');
    await fillTask(page, 'Lost and found');
    await pressIn(page, 'Create');
    await dialog(page).getByText('Task created').waitFor(soon);
    await shot(page, 'answer-lost-create');
    await pressIn(page, 'Done');
    await command(page, '/dial list Lost and found');
    await message(page, /Tasks.*· 1/).waitFor(soon);
    await shot(page, 'answer-lost-list');
  }, 90_000);

  test('scenario “Slack says 429”: the app waits as long as asked, then shows the truth', async () => {
    const page = await visit('alice');
    await pull(page, /^Slack says 429/);
    const card = await createTask(page, 'Patience', numbers(60, '1330013'));
    await card.getByRole('button', { name: 'Start' }).click();
    await card.getByText('Dialing', { exact: true }).waitFor({ timeout: 90_000 });
    await page.getByRole('button', { name: 'What just happened' }).click();
    await page.getByLabel('Only problems').check();
    await page
      .getByRole('complementary', { name: 'What just happened' })
      .getByText(/429|ratelimited/)
      .first()
      .waitFor();
    await shot(page, 'slack-429');
  }, 90_000);
});

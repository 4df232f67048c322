import { setTimeout } from 'node:timers/promises';
import type { DialerSandbox } from '../dialer/server.ts';
import type { Message } from '../slack/protocol.ts';
import type { SlackSandbox } from '../slack/server.ts';
import { nextPeriod, type ShortPeriod, startSpeed } from './clock.ts';
import type { Scenario } from './page-controls.ts';
import { callsChannel } from './workspace.ts';

/** Has numbers, and was never started. */
const task = 'Clinic appointment check';

/** What is left until the start once the schedule is saved: enough to look at the channel, ms of the platform. */
const leadMs = 60_000;

/** How often a command is typed that does not reach the app, and after how long again, ms. */
const maxTries = 10;
const retryMs = 2_000;

/**
 * The lead gives a task a schedule by the form, in front of everybody: it is started and paused by the clock within a
 * minute, and the channel sees it. The next click has her remove it.
 */
export function taskOnSchedule(slack: SlackSandbox, dialer: DialerSandbox): Scenario {
  const lead = slack.as('limei').in(callsChannel);
  let period: ShortPeriod | null = null;
  let isBusy = false;

  /** Types a command, and types it again where the app was not connected: a person would. */
  const command = async (line: string): Promise<void> => {
    for (let tries = 0; tries < maxTries; tries += 1) {
      const { ok } = await lead.command(line);
      if (ok) return;
      await setTimeout(retryMs);
    }
    throw new Error(`${line} did not reach the app`);
  };

  /** Asks for the schedule of the task. Either the form of a new one opens, or a private message shows it. */
  const ask = async () => {
    const earlier = new Set(lead.snapshot().channels.flatMap(({ messages }) => messages.map(({ ts }) => ts)));
    await command(`/dial schedule ${task}`);
    const isAnswer = ({ ts, blocks }: Message): boolean =>
      !earlier.has(ts) && JSON.stringify(blocks).includes('schedule_remove');
    return Promise.any([
      lead.expectModal('schedule').then((form) => ({ form, shown: null })),
      lead.expectEphemeral(isAnswer).then((shown) => ({ form: null, shown })),
    ]);
  };

  const save = async ({ from, text }: ShortPeriod): Promise<void> => {
    // The time of the start must not pass while she fills in the form.
    dialer.setSpeed(1);
    try {
      await command(`/dial watch ${task}`);
      const { form, shown } = await ask();
      await shown?.press('schedule_edit');
      const open = form ?? (await lead.expectModal('schedule'));
      open.fill({ schedule_days: 'every', schedule_times: text, schedule_missed: 'late:15' });
      await open.submit();
      const review = await lead.expectModal('schedule_save');
      await review.submit();
      const saved = await lead.expectModal(/Schedule|定时/);
      await saved.expectText(/is saved|已保存/);
      await saved.close({ all: true });
      dialer.clock.advance(Math.max(0, from - leadMs - dialer.clock.now()));
    } finally {
      dialer.setSpeed(startSpeed);
    }
  };

  const remove = async (): Promise<void> => {
    const { form, shown } = await ask();
    // Somebody else has removed it.
    await form?.close({ all: true });
    await shown?.press('schedule_remove', { confirm: true });
  };

  const toggle = async (): Promise<void> => {
    isBusy = true;
    const before = period;
    try {
      period = before === null ? nextPeriod(dialer.clock.now()) : null;
      if (period === null) await remove();
      else await save(period);
    } catch {
      // What did not work shows on the page.
      period = before;
    } finally {
      isBusy = false;
    }
  };

  return {
    id: 'schedule',
    label: () =>
      period === null
        ? {
            en: `A schedule: Li Mei has “${task}” run ${nextPeriod(dialer.clock.now()).text}`,
            zh: `定时：李梅让“${task}”在 ${nextPeriod(dialer.clock.now()).text} 运行`,
          }
        : {
            en: `Li Mei removes the schedule of “${task}” (${period.text})`,
            zh: `李梅删除“${task}”的定时（${period.text}）`,
          },
    run() {
      if (!isBusy) void toggle();
    },
  };
}

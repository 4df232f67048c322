import { type SimClock, shanghaiDatetime } from '../dialer/clock.ts';
import type { DialerSandbox } from '../dialer/server.ts';
import type { SlackSandbox } from '../slack/server.ts';
import type { Scenario } from './page-controls.ts';
import { callsChannel } from './workspace.ts';

/** Has numbers, and was never started. */
const task = 'Clinic appointment check';
const minute = 60_000;

/** The next period of the platform's day that can be watched: it begins within ten minutes, and is twenty long. */
function periodAfter(now: number): string {
  const from = (Math.floor(now / (5 * minute)) + 2) * 5 * minute;
  const time = (at: number): string => shanghaiDatetime(at).slice(11, 16);
  return `${time(from)}–${time(from + 20 * minute)}`;
}

/** The lead gives a task a schedule: it is started and paused by the clock, and the channel sees it. */
export function taskOnSchedule(slack: SlackSandbox, { clock }: DialerSandbox): Scenario {
  const lead = slack.as('limei').in(callsChannel);
  let period: string | null = null;

  const schedule = async (times: string): Promise<void> => {
    await lead.command(`/dial watch ${task}`);
    await lead.command(`/dial schedule ${task}`);
    const form = await lead.expectModal('schedule');
    await form.fill({ schedule_days: 'every', schedule_times: times, schedule_missed: 'skip' });
    await form.submit();
    const review = await lead.expectModal('schedule_save');
    await review.submit();
    const saved = await lead.expectModal(/Schedule|定时/);
    await saved.expectText(/is saved|已保存/);
    await saved.close({ all: true });
  };
  return {
    id: 'schedule',
    label: () =>
      period === null
        ? {
            en: `A schedule: Li Mei has “${task}” run ${nextOf(clock)}`,
            zh: `定时：李梅让“${task}”在 ${nextOf(clock)} 运行`,
          }
        : { en: `“${task}” runs ${period}`, zh: `“${task}”在 ${period} 运行` },
    run() {
      if (period !== null) return;
      period = nextOf(clock);
      schedule(period).catch(() => {
        period = null;
      });
    },
  };
}

const nextOf = (clock: SimClock): string => periodAfter(clock.now());

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseBoard } from '../../sandbox/demo/choose-board.ts';
import { shanghaiDatetime } from '../../sandbox/dialer/clock.ts';
import { createDialerSandbox, type DialerSandbox } from '../../sandbox/dialer/server.ts';
import type { PersonClient } from '../../sandbox/slack/client.ts';
import type { Message } from '../../sandbox/slack/protocol.ts';
import { appFromManifest } from '../../sandbox/slack/seed.ts';
import { createSlackSandbox, type SlackSandbox } from '../../sandbox/slack/server.ts';
import { startApp } from '../../src/app.ts';
import { systemClock } from '../../src/clock.ts';
import { createLog } from '../../src/log.ts';
import { type Config, readConfig } from '../../src/settings/config.ts';
import { manifestOf } from '../../src/slack/manifest.ts';
import { settled } from './settled.ts';

const channel = 'outbound-calls';
const hour = 3_600_000;

/** Monday 5 January 2026, 09:20 in Shanghai. */
const morning = Date.UTC(2026, 0, 5, 1, 20, 0);

/** Something that the app posted for others to see, or that a message of the app came to say later. */
interface Told {
  /** Platform time, epoch ms. */
  at: number;
  /** `#channel`, or `@person` for direct messages. */
  place: string;
  /** The message under which it is, in words; null: in the channel itself. */
  under: string | null;
  text: string;
  /** A new message, or an earlier one that was edited. Boards and cards are edited all day: they are not told again. */
  kind: 'posted' | 'edited';
}

interface Day {
  told: Told[];
  /** What people did, with the platform time. */
  acts: { at: number; text: string }[];
}

interface Cast {
  alice: PersonClient;
  limei: PersonClient;
  dialer: DialerSandbox;
}

const console11 = '双十一会员回访';
const renewal = 'Spring renewal reminder';
const insurance = '车险到期提醒';

/** What happens on a working day of the account `morning`, at times of platform time. */
const agenda: readonly { at: string; text: string; act(cast: Cast): unknown }[] = [
  { at: '09:40', text: 'Alice starts Clinic appointment check', act: ({ alice }) => start(alice, 'Clinic') },
  {
    at: '10:20',
    text: `the line of ${renewal} dies`,
    act: ({ dialer }) => dialer.lineDies(taskNamed(dialer, renewal).lineId),
  },
  {
    at: '10:45',
    text: `the line of ${renewal} is back`,
    act: ({ dialer }) => dialer.lineRevives(taskNamed(dialer, renewal).lineId),
  },
  {
    at: '11:00',
    text: `in the web console, someone pauses ${console11}`,
    act: ({ dialer }) => dialer.rival(taskNamed(dialer, console11).uuid, { start: false }),
  },
  {
    at: '11:30',
    text: `in the web console, someone starts ${console11} again`,
    act: ({ dialer }) => dialer.rival(taskNamed(dialer, console11).uuid, { start: true }),
  },
  { at: '16:00', text: `Li Mei starts ${insurance}`, act: ({ limei }) => start(limei, insurance) },
  {
    at: '16:30',
    text: `Alice pauses ${insurance}, which Li Mei runs`,
    act: ({ alice }) => alice.command(`/dial pause ${insurance}`),
  },
];

/** Starts a task, whatever the preflight asks. */
async function start(person: PersonClient, name: string): Promise<void> {
  await person.command(`/dial start ${name}`);
  const answer = await person.expectEphemeral(name);
  if (!answer.buttons().some(({ actionId }) => actionId === 'task_start_anyway')) return;
  await answer.press('task_start_anyway');
  await person.expectEphemeral(/has started|已启动/);
}

function taskNamed(dialer: DialerSandbox, name: string) {
  const task = dialer.tasks.find((candidate) => candidate.name === name);
  if (task === undefined) throw new Error(`The platform has no task ${name}.`);
  return task;
}

/**
 * One day of the demo's account, in a channel that watches all its tasks on a board: the real app between both
 * stand-ins, on one clock that moves on from poll to poll.
 * @param everyMs the time between two polls, ms of platform time
 */
export async function liveADay({ everyMs, hours }: { everyMs: number; hours: number }): Promise<Day> {
  const time = createJumpingTime(morning);
  const dataDir = await mkdtemp(join(tmpdir(), 'dialdeck-day-'));
  const dialer = await createDialerSandbox({ speed: 0, startAt: morning, wall: time.now });
  const slack = await createSlackSandbox({
    clock: { now: time.now, after: afterReal },
    seed: { app: appFromManifest(manifestOf({ command: '/dial', publicUrl: null })) },
  });
  const app = await startApp(configOf(slack, dialer, dataDir), {
    log: createLog('error', (line) => process.stderr.write(`${line}\n`)),
    clock: time,
    platformTime: () => ({ now: dialer.clock.now(), speed: 1 }),
  });
  const people = { alice: slack.as('alice').in(channel), limei: slack.as('limei').in(channel) };
  const day: Day = { told: [], acts: [] };
  const listen = listenTo(slack, day.told);
  const due = [...agenda];
  try {
    await app.pollNow();
    await chooseBoard(people.limei);
    await people.limei.command('/dial watch all');
    for (let passed = 0; passed < hours * hour; passed += everyMs) {
      time.advance(everyMs);
      dialer.clock.advance(everyMs);
      for (let next = due[0]; next !== undefined && next.at <= timeOf(time.now()); [next] = due) {
        due.shift();
        await next.act({ ...people, dialer });
        day.acts.push({ at: time.now(), text: next.text });
      }
      await app.pollNow();
      // What it has to say by now is said before the clock moves on.
      await settled();
      listen();
    }
    return day;
  } finally {
    await app.stop();
    await slack.close();
    await dialer.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** The time of the system, which can be moved on: whatever sleeps until then wakes. */
function createJumpingTime(from: number) {
  const begun = systemClock.elapsed();
  const asleep = new Set<{ until: number; wake: AbortController }>();
  let ahead = 0;
  const elapsed = (): number => systemClock.elapsed() + ahead;
  return {
    now: (): number => from + ahead + (systemClock.elapsed() - begun),
    elapsed,
    async sleep(ms: number, signal?: AbortSignal): Promise<void> {
      const sleeper = { until: elapsed() + ms, wake: new AbortController() };
      asleep.add(sleeper);
      await systemClock.sleep(
        ms,
        signal === undefined ? sleeper.wake.signal : AbortSignal.any([signal, sleeper.wake.signal]),
      );
      asleep.delete(sleeper);
    },
    advance(ms: number): void {
      ahead += ms;
      for (const { until, wake } of asleep) if (until <= elapsed()) wake.abort();
    },
  };
}

function configOf(slack: SlackSandbox, dialer: DialerSandbox, dataDir: string): Config {
  const read = readConfig({
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    PORT: '0',
    DIALER_URL: dialer.url,
    DIALER_TOKEN: dialer.token,
    // Polls are made by hand.
    POLL_CRON: '0 0 1 * *',
    DATA_DIR: dataDir,
  });
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.config;
}

/** `HH:mm` in Shanghai. */
export const timeOf = (at: number): string => shanghaiDatetime(at).slice(11, 16);

function afterReal(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

/** Notes what the app has said since the last call. */
function listenTo(slack: SlackSandbox, told: Told[]): () => void {
  const known = new Map<string, string>();
  const note = (message: Message, place: string, under: string | null): void => {
    if (message.user !== slack.botUserId || message.ephemeral) return;
    const before = known.get(message.ts);
    known.set(message.ts, message.text);
    if (before === message.text) return;
    const isLive = JSON.stringify(message.blocks).includes('"block_id":"board"');
    if (before !== undefined && isLive) return;
    const at = before === undefined ? Math.floor(Number(message.ts) * 1_000) : (message.editedAt ?? 0);
    told.push({ at, place, under, text: message.text, kind: before === undefined ? 'posted' : 'edited' });
  };
  return () => {
    for (const who of ['alice', 'limei', 'bob']) {
      for (const { kind, name, messages } of slack.snapshot(who).channels) {
        const place = kind === 'dm' ? `@${who}` : `#${name}`;
        for (const message of messages) {
          note(message, place, null);
          for (const reply of message.replies) note(reply, place, message.text);
        }
      }
    }
  };
}

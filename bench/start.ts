import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Snapshot } from '../sandbox/slack/protocol.ts';
import { createSlackSandbox } from '../sandbox/slack/server.ts';
import { type Row, ratios, table } from './measure.ts';

/**
 * From `npm run demo` to the first card in what the page is given, next to the start of an empty Bolt app. Both are
 * started the way a person starts them (npm, then tsx), in turns. `ROUNDS` (5) may be set.
 */
const rounds = Math.min(20, Number(process.env.ROUNDS ?? 5));
const patienceMs = 60_000;

interface Run {
  child: ChildProcess;
  /** The first line of stdout that matches; rejects when the process ends before. */
  line(pattern: RegExp): Promise<string>;
  /** Ctrl-C in a terminal reaches the whole group; so does this. Resolves when the process is gone. */
  stop(): Promise<void>;
}

function run(args: string[], env: Record<string, string>): Run {
  const child = spawn('npm', args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    for (const look of waiting) look();
  });
  return {
    child,
    line: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = lines.find((line) => pattern.test(line));
          if (found !== undefined) resolve(found);
        };
        waiting.add(look);
        look();
        const fail = (why: string): void => reject(new Error(`npm ${args.join(' ')} ${why} before it said ${pattern}`));
        setTimeout(() => fail('took too long'), patienceMs).unref();
        void gone.then(() => fail('ended'));
      }),
    async stop() {
      if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
      await gone;
    },
  };
}

/** Resolves when the page's stream shows a message of the app with buttons, in any channel. */
async function firstCard(url: string): Promise<void> {
  const response = await fetch(`${url}/control/events?as=`, { signal: AbortSignal.timeout(patienceMs) });
  let rest = '';
  const decoder = new TextDecoder();
  for await (const bytes of response.body ?? []) {
    const events = (rest + decoder.decode(bytes, { stream: true })).split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) {
      if (!event.startsWith('data: ')) continue;
      const snapshot = JSON.parse(event.slice('data: '.length)) as Snapshot;
      const messages = snapshot.channels.flatMap((channel) => channel.messages);
      if (messages.some((message) => message.blocks.some((block) => block.type === 'actions'))) return;
    }
  }
  throw new Error('the page’s stream ended without a card');
}

async function timed(begin: () => Run, until: (run: Run) => Promise<void>): Promise<number> {
  const began = performance.now();
  const running = begin();
  try {
    await until(running);
    return performance.now() - began;
  } finally {
    await running.stop();
  }
}

const slack = await createSlackSandbox();
const boltEnv = {
  SLACK_BOT_TOKEN: slack.botToken,
  SLACK_APP_TOKEN: slack.appToken,
  SLACK_API_URL: slack.apiUrl,
};
const bolt: number[] = [];
const address: number[] = [];
const card: number[] = [];
for (let round = 0; round < rounds; round++) {
  bolt.push(
    await timed(
      () => run(['exec', '--', 'tsx', 'bench/empty-bolt.ts'], boltEnv),
      async (running) => void (await running.line(/^ready$/)),
    ),
  );
  card.push(
    await timed(
      () => run(['run', 'demo'], { DEMO_PORT: '0' }),
      async (running) => {
        const began = performance.now();
        const line = await running.line(/http:\/\/127\.0\.0\.1:\d+/);
        address.push(performance.now() - began);
        await firstCard(/http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? '');
      },
    ),
  );
}
await slack.close();

const rows: Row[] = [
  { name: 'empty Bolt app connected', samples: bolt, unit: 'ms' },
  { name: 'npm run demo: address printed', samples: address, unit: 'ms' },
  { name: 'npm run demo: first card', samples: card, unit: 'ms' },
  { name: 'first card / empty Bolt app', samples: ratios(card, bolt), unit: '×' },
];
console.log(table(rows));

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../../../src/settings/config.ts';
import { type BotProcess, startBot } from '../bot-process.ts';
import { bundled } from '../bundled.ts';
import type { FastTime } from '../fast-clock.ts';

/** Some bots on one store, each in a process of its own that is started again whenever it ends. */
export interface Fleet {
  /** SIGKILL, to the n-th of them, and a start after `restMs`. Resolves when it runs again. */
  kill(index: number, restMs: number): Promise<void>;
  /** SIGSTOP, and SIGCONT after `ms`: a process that was not given any time, and does not know it. */
  freeze(index: number, ms: number): Promise<void>;
  /** What ended without being killed. */
  exits(): number;
  /** Everything they wrote. */
  output(): string;
  stop(): Promise<void>;
}

const stopWithinMs = 5_000;

export async function startFleet(config: Config, time: FastTime, size: number): Promise<Fleet> {
  await mkdir('.cache', { recursive: true });
  const main = resolve('.cache', `chaos-bot-${process.pid}-${config.dataDir.replaceAll(/\W/g, '')}.mjs`);
  await writeFile(main, bundled(new URL('./bot.ts', import.meta.url)));
  const environment = { CHAOS_ORIGIN: String(time.origin), CHAOS_TIMES: String(time.times) };
  const written: string[] = [];
  let exits = 0;

  /** As a supervisor does: a bot that cannot start is started again. */
  const begin = async (): Promise<BotProcess> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await startBot(main, config, environment);
      } catch (error) {
        written.push(String(error));
        exits += 1;
        if (attempt === 5) throw error;
        await sleep(200);
      }
    }
  };
  const bots = await Promise.all(Array.from({ length: size }, begin));

  return {
    async kill(index, restMs) {
      const bot = bots[index];
      if (bot === undefined) throw new Error(`no bot ${index}`);
      await bot.kill();
      written.push(bot.output());
      await sleep(restMs);
      bots[index] = await begin();
    },
    async freeze(index, ms) {
      const bot = bots[index];
      bot?.signal('SIGSTOP');
      await sleep(ms);
      bot?.signal('SIGCONT');
    },
    exits: () => exits,
    output: () => [...written, ...bots.map((bot) => bot.output())].join('\n'),
    async stop() {
      await Promise.all(bots.map((bot) => Promise.race([bot.stop(), sleep(stopWithinMs, null, { ref: false })])));
      await Promise.all(bots.map((bot) => bot.kill()));
      await rm(main, { force: true });
    },
  };
}

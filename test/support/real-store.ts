import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock, Log } from '../../src/core/ports.ts';
import type { Store } from '../../src/store/store.ts';
import { openStore } from '../../src/store/store.ts';

/**
 * A folder for a store of its own. `open` may be called again: that is a second bot, or the same one after a restart.
 * Leases end with the bot whose id is given.
 */
export async function storeFolder(
  clock: Clock,
  log: Log,
): Promise<{ open: (bot?: string) => Promise<Store>; remove: () => Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'dialdeck-store-'));
  const opened: Store[] = [];
  return {
    async open(bot) {
      const store = await openStore({ databaseUrl: null, dataDir, clock, log, ...(bot !== undefined && { bot }) });
      opened.push(store);
      return store;
    },
    async remove() {
      for (const store of opened) await store.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A log that keeps its lines. */
export function recordingLog(): Log & { lines: { level: string; message: string; fields: Record<string, unknown> }[] } {
  const lines: { level: string; message: string; fields: Record<string, unknown> }[] = [];
  const at =
    (level: string) =>
    (message: string, fields: Record<string, unknown> = {}): void => {
      lines.push({ level, message, fields });
    };
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

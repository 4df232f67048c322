import { writeSync } from 'node:fs';
import { systemClock } from '../../../src/clock.ts';
import { openStore } from '../../../src/store/store.ts';
import { cardItem, importBatch, importRun, newNotice, reading, submission } from './samples.ts';

/**
 * A second process for the tests: `worker.ts write|race '{"databaseUrl":…,"dataDir":…}' [name]`.
 * write: writes until it is killed, reporting each number once everything with that number was acknowledged.
 * race: opens the database, claims what it can of 80 keys and one lease, and reports what it won.
 */
const [mode, location, name] = process.argv.slice(2);
const quiet = () => undefined;
const store = await openStore({
  ...JSON.parse(location ?? ''),
  clock: systemClock,
  log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
});
// Straight to the descriptor: a line counts as reported only when it has left this process.
const report = (value: unknown) => writeSync(1, `${JSON.stringify(value)}\n`);

if (mode === 'write') {
  for (let n = 0; ; n += 1) {
    const pair = [0, 1].map((half) => ({
      reading: reading(`t${n}-${half}`, 1_000),
      notices: [newNotice('changed')],
    }));
    await store.saveReadings(pair);
    await store.claim(submission(`s${n}`));
    await store.addImport(importRun(`r${n}`), [importBatch(`r${n}`, 0), importBatch(`r${n}`, 1)]);
    await store.moveImport(`r${n}`, 'preview', 'running');
    report(n);
  }
}

if (mode === 'race') {
  const won: string[] = [];
  for (let n = 0; n < 80; n += 1) {
    if (await store.claim(submission(`key${n}`))) won.push(`key${n}`);
    await store.enqueue([cardItem(`card:${n}`)]);
    // As a poll does: on top of what is stored. The one that is too late tries again.
    for (let saved = 0; saved === 0; ) {
      const revision = (await store.readings()).get(`t${n % 7}`)?.revision ?? 0;
      const next = { reading: reading(`t${n % 7}`, n, { revision }), notices: [newNotice('changed', name)] };
      saved = (await store.saveReadings([next])).length;
    }
  }
  report({ won, lease: await store.lease('poll', name ?? '', 60_000) });
  await store.close();
}

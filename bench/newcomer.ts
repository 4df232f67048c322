import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { followAsNewcomer, type Step } from '../test/support/admin/newcomer.ts';
import { columns } from './measure.ts';

/**
 * From the archive of a release to the first card, along `docs/admin/install.md`, on an account without privileges that was
 * just made: what the machine takes, and what a person takes besides. Fails above ten minutes in all. `TEST_RELEASE` may name
 * a folder with an archive.
 */

const allowedMs = 600_000;
const made = process.env.TEST_RELEASE === undefined ? await mkdtemp('/tmp/dialdeck-release-') : null;
const folder = made ?? process.env.TEST_RELEASE ?? '';
try {
  if (made !== null) await promisify(execFile)('packaging/release.sh', ['--out', folder]);
  const archive = (await readdir(folder)).find((name) => name.endsWith('.tar.gz'));
  if (archive === undefined) throw new Error(`there is no archive in ${folder}`);
  const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
  const steps: Step[] = [];
  await followAsNewcomer(join(folder, archive), (step) => {
    steps.push(step);
    console.log(`${seconds(step.ms).padStart(8)}  ${step.what}`);
  });
  const machine = steps.reduce((sum, { ms }) => sum + ms, 0);
  const person = steps.reduce((sum, { personMs }) => sum + personMs, 0);
  console.log(
    `\n${columns([
      ['', 'time'],
      ['the machine', seconds(machine)],
      ['a person, assumed', seconds(person)],
      ['together', seconds(machine + person)],
    ])}`,
  );
  if (machine + person > allowedMs) {
    console.log('more than ten minutes');
    process.exitCode = 1;
  }
} finally {
  if (made !== null) await rm(made, { recursive: true, force: true });
}

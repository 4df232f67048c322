import { checkUp } from '../checkup/checkup.ts';
import { systemClock } from '../clock.ts';
import { createLog, createMask } from '../log.ts';
import { secretsIn } from '../settings/secrets.ts';
import type { Run } from './terminal.ts';

/** Reports what is missing or wrong and how to fix it. Exits with 1 when something must be fixed. */
export const doctor: Run = async (_given, { environment, faults, ofEnvFile, program, say }) => {
  const log = createLog('error', () => {});
  const findings = await checkUp(environment, { log, clock: systemClock, program, faults, ofEnvFile });
  const clean = createMask(secretsIn(environment));
  const signs = { ok: '✓', warning: '!', fault: '✗' } as const;
  for (const { what, level, seen, fix } of findings) {
    say(clean(`${signs[level]} ${what}: ${seen}`));
    if (fix !== undefined) say(clean(`    ${fix}`));
  }
  const count = findings.filter((finding) => finding.level === 'fault').length;
  const problems = count === 1 ? '1 problem' : `${count} problems`;
  const demo = program.demo === null ? '' : ` To try Dialdeck without an account: ${program.demo}`;
  say(count === 0 ? `\nReady: ${program.call} start` : `\n${problems} to fix.${demo}`);
  return count === 0 ? 0 : 1;
};

import { checkUp } from './checkup.ts';
import { systemClock } from './clock.ts';
import { loadEnvFile } from './env-file.ts';
import { createLog, createMask } from './log.ts';
import { secretsIn } from './secrets.ts';

/** `npm run doctor`: reports what is missing or wrong and how to fix it. Exits with 1 when something must be fixed. */

loadEnvFile();
const log = createLog('error', () => {});
const findings = await checkUp(process.env, { log, clock: systemClock });
const clean = createMask(secretsIn(process.env));
const signs = { ok: '✓', warning: '!', fault: '✗' } as const;
for (const { what, level, seen, fix } of findings) {
  console.log(clean(`${signs[level]} ${what}: ${seen}`));
  if (fix !== undefined) console.log(clean(`    ${fix}`));
}
const faults = findings.filter((finding) => finding.level === 'fault').length;
console.log(
  faults === 0
    ? '\nReady: npm run build && npm start'
    : `\n${faults === 1 ? '1 problem' : `${faults} problems`} to fix. To try Dialdeck without an account: npm run demo`,
);
process.exit(faults === 0 ? 0 : 1);

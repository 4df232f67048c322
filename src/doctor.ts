import { checkUp } from './checkup.ts';
import { systemClock } from './clock.ts';
import { secretsIn } from './config.ts';
import { loadEnvFile } from './env-file.ts';
import { createLog, createMask } from './log.ts';

/** `npm run doctor`: says what is missing or wrong, and how to mend it. Exits 1 when something must be mended. */

loadEnvFile();
const log = createLog('error', () => {});
const findings = await checkUp(process.env, { log, clock: systemClock });
const clean = createMask(secretsIn(process.env));
const signs = { ok: '✓', warning: '!', fault: '✗' } as const;
for (const { what, level, seen, mend } of findings) {
  console.log(clean(`${signs[level]} ${what}: ${seen}`));
  if (mend !== undefined) console.log(clean(`    ${mend}`));
}
const faults = findings.filter((finding) => finding.level === 'fault').length;
console.log(
  faults === 0 ? '\nReady: npm run build && npm start' : `\n${faults} to mend. Without any account: npm run demo`,
);
process.exit(faults === 0 ? 0 : 1);

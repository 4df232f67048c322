import { platformCause } from '../causes.ts';
import type { AccountShown } from '../core/access/ownership.ts';
import { toAppError } from '../core/errors.ts';
import type { Clock, Log } from '../core/ports.ts';
import { choicesOf } from '../core/tasks/choices.ts';
import { createDialer } from '../dialer/client.ts';
import { tickMs } from '../jobs/cron.ts';
import type { Config } from '../settings/config.ts';
import { answerWithinMs, type Finding } from './finding.ts';

/** Whether the platform can be read, and as whose account it answers. */
export async function checkDialer(
  config: Config,
  deps: { log: Log; clock: Clock },
): Promise<{ findings: Finding[]; shown: AccountShown[] }> {
  const shown: AccountShown[] = [];
  const dialer = createDialer(
    { ...config.dialer, timeoutMs: Math.min(config.dialer.timeoutMs, answerWithinMs) },
    { ...deps, admit: async (one) => void shown.push(one) },
  );
  try {
    const metadata = await dialer.metadata();
    const choices = choicesOf(metadata, deps.clock.now(), { minResidue: config.dialer.minResidue });
    const began = deps.clock.elapsed();
    const tasks = await dialer.list();
    const [took, everyMs] = [deps.clock.elapsed() - began, tickMs(config.pollCron)];
    const findings: Finding[] = [
      {
        what: 'Calling platform',
        level: 'ok',
        seen: `${tasks.length} tasks, ${choices.line.length} of ${metadata.lines.length} lines usable, ${choices.script.length} scripts`,
      },
    ];
    if (took > everyMs) {
      findings.push({
        what: 'Task list',
        level: 'warning',
        seen: `reading it took ${seconds(took)}, and a poll is due every ${seconds(everyMs)}`,
        fix: 'Poll less often (POLL_CRON), or delete tasks that are no longer needed: what is shown is older than it should be.',
      });
    }
    if (choices.line.length === 0) {
      findings.push({
        what: 'Lines',
        level: 'warning',
        seen: `no line has a free concurrency of at least ${config.dialer.minResidue}`,
        fix: 'Tasks can be created once a line has enough free concurrency.',
      });
    }
    return { findings, shown };
  } catch (thrown) {
    const fault: Finding = { what: 'Calling platform', level: 'fault', ...platformCause(toAppError(thrown)) };
    return { findings: [fault], shown };
  } finally {
    dialer.close();
  }
}

const seconds = (ms: number): string => `${Math.ceil(ms / 1_000)} s`;

import { explainFaults, readSome } from '../settings/config.ts';
import type { Run } from './terminal.ts';

/** Longer than the bot itself waits for its checks, ms. */
const withinMs = 5_000;

/** Asks the bot on this machine, for container engines and scripts. Exit status 0: it responds, or is ready. */
export const health: Run = async ({ flags }, terminal) => {
  const { program, say, complain } = terminal;
  const read = readSome(terminal, ['HOST', 'PORT']);
  if (!read.ok) {
    complain(explainFaults(read.faults, program));
    return 1;
  }
  const path = flags.ready === true ? '/readyz' : '/healthz';
  const host = hostToAsk(read.values.HOST);
  try {
    const signal = AbortSignal.timeout(withinMs);
    const answer = await fetch(`http://${host}:${read.values.PORT}${path}`, { signal, redirect: 'error' });
    say((await answer.text()).slice(0, 4_096));
    return answer.ok ? 0 : 1;
  } catch {
    complain(`Nothing responds at ${host}:${read.values.PORT}${path}.`);
    return 1;
  }
};

/** A bot that listens on every address listens on the local one. */
function hostToAsk(host: string | undefined): string {
  if (host === undefined || host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}

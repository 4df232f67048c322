import { askHere, reachable } from '../listening.ts';
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
  const at = { host: read.values.HOST, port: read.values.PORT };
  const answer = await askHere(at, path, withinMs);
  if (answer === null) {
    const { host, port } = reachable(at);
    complain(`Nothing responds at ${host.includes(':') ? `[${host}]` : host}:${port}${path}.`);
    return 1;
  }
  say(answer.text);
  return answer.status === 200 ? 0 : 1;
};

import { readFile, readlink } from 'node:fs/promises';

/** What names one running process, so that another one on the same machine can find out whether it still runs. */
interface BotIdentity {
  /** Unique; says where the process runs, on Linux. */
  id: string;
  /**
   * Whether the process of that id is certainly gone: it ran on this machine, within the same process ids, and none of
   * them is it. False when that cannot be known: for another machine or container, and on other systems.
   */
  isGone(id: string): Promise<boolean>;
}

/**
 * The identity of this process. @param unique tells apart bots within one process.
 *
 * A machine is known by its `boot_id` (random, new with every start of the kernel), a space of process ids by the
 * number of its namespace (unique among those that exist), a process by its id and the time at which it started: an id
 * may be used again, also by a container that is started anew. See proc(5) and pid_namespaces(7).
 */
export async function identifyBot(unique: string): Promise<BotIdentity> {
  const place = await placeOf();
  const started = await startOf(process.pid);
  if (place === null || started === null) return { id: unique, isGone: async () => false };
  return {
    id: [place, process.pid, started, unique].join('/'),
    async isGone(id) {
      const [itsPlace, pid = '', itsStart] = id.split('/');
      if (itsPlace !== place || !/^\d{1,10}$/.test(pid)) return false;
      if (!exists(Number(pid))) return true;
      const start = await startOf(Number(pid));
      return start !== null && start !== itsStart;
    },
  };
}

async function placeOf(): Promise<string | null> {
  try {
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
    const space = /\d+/.exec(await readlink('/proc/self/ns/pid'))?.[0];
    return space === undefined ? null : `${boot}.${space}`;
  } catch {
    return null;
  }
}

/** When a process started, in clock ticks since the start of the machine; null when that cannot be read. */
async function startOf(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in parentheses, may hold anything.
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie runs no more; nobody has asked for its exit status yet.
    return state === 'Z' || state === 'X' ? 'ended' : (rest[18] ?? null);
  } catch {
    return null;
  }
}

/** Signal 0 only asks. Refused, there is a process of another user. */
function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return !(typeof error === 'object' && error !== null && 'code' in error && error.code === 'ESRCH');
  }
}

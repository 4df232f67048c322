import type { Switches } from './options.ts';
import type { QuietRange } from './quiet.ts';

/** The platform's data of one account. All times are real time, epoch ms, unless stated otherwise. */
export interface Account {
  userId: string;
  lines: Map<string, Line>;
  scripts: Map<number, Script>;
  rules: Map<number, RedialRule>;
  agentGroups: Map<number, AgentGroup>;
  quietGroups: Map<string, QuietGroup>;
  /** Oldest first. */
  tasks: Map<string, CallTask>;
  /** The number of tasks ever created; never decreases. */
  serial: number;
}

export interface Line {
  id: string;
  name: string;
  callerNumber: string;
  /** The maximum of simultaneous calls. */
  total: number;
  /** Used outside this account. */
  reserved: number;
  beginsAt: number;
  deadlineAt: number;
  /** A dead line does not dial and has no residue (free concurrency). */
  alive: boolean;
  /** One that is not offered dials on, but is missing from the init metadata. */
  offered: boolean;
  /** Seconds that every call on it takes longer. */
  lagSeconds: number;
  /** Calls in progress. */
  active: number;
}

export interface Script {
  id: number;
  name: string;
  debug: boolean;
  deletedAt: number | null;
  createdAt: number;
  isDefault: boolean;
}

export interface RedialRule {
  id: number;
  name: string;
  remark: string;
  enabled: boolean;
  isDefault: boolean;
  createdAt: number;
  /** Maximum redials per number; 0 means never. */
  times: number;
  delayMs: number;
  /** Outcome codes that are redialed. */
  codes: readonly number[];
}

interface AgentGroup {
  id: number;
  name: string;
  lineId: string | null;
  status: 0 | 1;
  createdAt: number;
}

interface QuietGroup {
  uuid: string;
  name: string;
  ranges: QuietRange[];
}

/** What create and modify set. */
export interface TaskDefinition {
  name: string;
  remark: string | null;
  lineId: string;
  scriptId: number;
  quietId: string;
  ruleId: number;
  agentGroupId: number | null;
  maximumCall: number;
  originateTimeout: number;
  callPauseSecond: number;
}

export interface CallTask extends TaskDefinition {
  uuid: string;
  /** Stable number of the task, from 1; its random numbers depend on it. */
  serial: number;
  started: boolean;
  destroyed: boolean;
  /** On without making any calls. */
  stuck: boolean;
  createdAt: number;
  alteredAt: number;
  /** Deprecated column; old tasks still show 1. */
  recycleLimit: number;
  calls: CallList;
}

/** The numbers of a task and their progress. The arrays are parallel, indexed by the position of the number. */
export interface CallList {
  readonly phones: string[];
  names: (string | null)[];
  /** 0 waiting (or on the phone), else the outcome code. */
  statuses: number[];
  /** Calls made so far. */
  attempts: number[];
  readonly known: Set<string>;
  /** Positions to dial, from `head` on. */
  queue: number[];
  head: number;
  /** Numbers whose status is not 0. */
  done: number;
  /** Calls in progress. */
  active: number;
  /** Calls in progress, and slots that are pausing after a call. */
  slots: number;
  /** Redials waiting for their delay. */
  redialsDue: number;
  /** Simulated time of the next check after quiet hours. */
  wakeAt: number | null;
}

export function emptyCallList(): CallList {
  return {
    phones: [],
    names: [],
    statuses: [],
    attempts: [],
    known: new Set(),
    queue: [],
    head: 0,
    done: 0,
    active: 0,
    slots: 0,
    redialsDue: 0,
    wakeAt: null,
  };
}

/** A list of so many numbers. They are made once something asks for one, which few do of thousands. */
export function callListOf(count: number, phoneOf: (position: number) => string): CallList {
  let phones: string[] | null = null;
  let known: Set<string> | null = null;
  return {
    ...emptyCallList(),
    get phones() {
      phones ??= Array.from({ length: count }, (_, position) => phoneOf(position));
      return phones;
    },
    get known() {
      known ??= new Set(this.phones);
      return known;
    },
    names: new Array<null>(count).fill(null),
    statuses: new Array<number>(count).fill(0),
    attempts: new Array<number>(count).fill(0),
    queue: new Array<number>(count).fill(0).map((_, position) => position),
  };
}

/** Adds a number that the list does not have yet. */
export function addNumber(calls: CallList, phone: string, name: string | null): void {
  calls.queue.push(calls.phones.length);
  calls.phones.push(phone);
  calls.names.push(name);
  calls.statuses.push(0);
  calls.attempts.push(0);
  calls.known.add(phone);
}

/** Concurrency in use per line, by tasks of this account and outside of it. `except` is not counted. */
export function heldByLine(account: Account, holding: Switches['holding'], except?: CallTask): Map<string, number> {
  const held = new Map<string, number>();
  for (const line of account.lines.values()) held.set(line.id, line.reserved);
  for (const task of account.tasks.values()) {
    if (task === except || (holding === 'started' && !task.started)) continue;
    held.set(task.lineId, (held.get(task.lineId) ?? 0) + task.maximumCall);
  }
  return held;
}

/** Free concurrency of a line; 0 for a dead one. Negative when started tasks overbook it. */
export function residueOf(line: Line, held: ReadonlyMap<string, number>): number {
  return line.alive ? line.total - (held.get(line.id) ?? 0) : 0;
}

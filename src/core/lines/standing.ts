import type { CardData } from '../model/card.ts';
import type { LineEntry } from '../model/metadata.ts';
import { expiringMs } from '../model/task.ts';
import { derivedOnce } from '../tasks/derived.ts';
import type { DatedMetadata } from '../tasks/metadata-cache.ts';
import { meantBy, plainText, searchable } from '../text/search.ts';

/** Whether a line can still be used, as far as its date tells. */
type LineTerm = 'unlimited' | 'valid' | 'expiring' | 'expired';

/** A line with all that is known of it. Concurrency in calls at a time. */
export interface LineStanding {
  id: string;
  name: string;
  /** Caller number, only ever shown masked. */
  callerNumber: string | null;
  /** null where neither the metadata nor the task list says it. */
  total: number | null;
  /** By the metadata, ≥ 0; null where they do not say it. */
  free: number | null;
  /** By the task list, which says it of lines that have tasks; else what the metadata leave; null where neither does. */
  used: number | null;
  /** Whether the platform offers it; null while the metadata are not known. */
  offered: boolean | null;
  /** Epoch ms; null where the platform does not say it: it is known of lines that have tasks. */
  expiresAt: number | null;
  term: LineTerm;
  /** Its tasks: those that are on first, the largest first. */
  tasks: readonly CardData[];
  /** How many of them are on, and how much concurrency those may hold together. */
  on: number;
  claimed: number;
}

/** All lines, those that need someone first. */
export interface LinesBoard {
  lines: readonly LineStanding[];
  /** When the tasks and the metadata were read, epoch ms; null: the metadata are not known. */
  tasksReadAt: number;
  metadataReadAt: number | null;
}

/**
 * The lines as the metadata and the task list describe them at this time. Nothing is concluded from what is missing:
 * without metadata no line is said to be gone, and no figure is invented.
 */
export function linesBoardOf(
  { cards, readAt }: { cards: readonly CardData[]; readAt: number },
  dated: DatedMetadata | null,
  now: number,
): LinesBoard {
  const tasks = tasksByLine(cards);
  const entries = new Map((dated?.metadata.lines ?? []).map((entry) => [entry.id, entry]));
  // An empty list of lines says nothing of any of them.
  const known = entries.size > 0;
  const lines = [...new Set([...entries.keys(), ...tasks.keys()])].map((id) =>
    standingOf({ id, entry: entries.get(id) ?? null, known, tasks: tasks.get(id) ?? [], now }),
  );
  return { lines: lines.sort(urgentFirst), tasksReadAt: readAt, metadataReadAt: dated?.readAt ?? null };
}

interface Described {
  id: string;
  entry: LineEntry | null;
  /** Whether the metadata list any line. */
  known: boolean;
  tasks: CardData[];
  now: number;
}

function standingOf({ id, entry, known, tasks, now }: Described): LineStanding {
  const said = <T>(of: (line: CardData['task']['line']) => T | null): T | null => {
    for (const { task } of tasks) {
      const value = of(task.line);
      if (value !== null) return value;
    }
    return null;
  };
  const on = tasks.filter(isOn);
  const total = entry?.total ?? said((line) => line.total);
  const free = entry === null ? null : Math.max(0, entry.free);
  const left = total === null || free === null ? null : Math.max(0, total - free);
  const expiresAt = said((line) => line.expiresAt);
  return {
    id,
    name: entry?.name || said((line) => line.name) || id,
    callerNumber: entry?.callerNumber ?? null,
    total,
    free,
    used: said((line) => line.used) ?? left,
    offered: known ? entry !== null : null,
    expiresAt,
    term: termOf(expiresAt, now),
    tasks: tasks.sort(largestFirst),
    on: on.length,
    claimed: on.reduce((sum, { task }) => sum + task.concurrency, 0),
  };
}

function tasksByLine(cards: readonly CardData[]): Map<string, CardData[]> {
  const byLine = new Map<string, CardData[]>();
  for (const card of cards) {
    if (card.state === 'gone') continue;
    const others = byLine.get(card.task.line.id);
    if (others === undefined) byLine.set(card.task.line.id, [card]);
    else others.push(card);
  }
  return byLine;
}

const isOn = ({ task }: CardData): boolean => task.started;

function largestFirst(a: CardData, b: CardData): number {
  return (
    Number(isOn(b)) - Number(isOn(a)) ||
    b.task.concurrency - a.task.concurrency ||
    (b.task.createdAt ?? 0) - (a.task.createdAt ?? 0) ||
    (a.task.id < b.task.id ? -1 : 1)
  );
}

function termOf(expiresAt: number | null, now: number): LineTerm {
  if (expiresAt === null) return 'unlimited';
  if (expiresAt <= now) return 'expired';
  return expiresAt <= now + expiringMs ? 'expiring' : 'valid';
}

/** Whether the tasks that are on ask for more than the line has. */
export function isOversubscribed({ total, claimed }: LineStanding): boolean {
  return total !== null && claimed > total;
}

/** Whether nothing is left of it for a task that is on. */
export function isFull({ free, on }: LineStanding): boolean {
  return free === 0 && on > 0;
}

function urgency(line: LineStanding): number {
  if (line.tasks.length === 0) return 4;
  if (line.offered === false || line.term === 'expired') return 0;
  if (isOversubscribed(line) || isFull(line)) return 1;
  return line.term === 'expiring' ? 2 : 3;
}

function urgentFirst(a: LineStanding, b: LineStanding): number {
  return urgency(a) - urgency(b) || b.claimed - a.claimed || b.tasks.length - a.tasks.length || (a.id < b.id ? -1 : 1);
}

/** The lines that a text means (`meantBy`); all of them for ''. */
export function linesNamed(lines: readonly LineStanding[], text: string): readonly LineStanding[] {
  return plainText(text) === '' ? lines : meantBy(lines, plainLine, text);
}

const plainLine = derivedOnce(({ id, name }: LineStanding) => searchable(name, id));

/** The tasks of a line that can give some of their concurrency to another one. */
export function givers({ tasks }: Pick<LineStanding, 'tasks'>): readonly CardData[] {
  return tasks.filter(({ task }) => task.concurrency > 1);
}

/** Whether a line has a task that can give, and another one to give to. */
export function canMove(line: Pick<LineStanding, 'tasks'>): boolean {
  return line.tasks.length > 1 && givers(line).length > 0;
}

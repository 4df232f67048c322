import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { TaskState } from './core/model/reading.ts';
import type { Backlog } from './core/notices/ports.ts';
import type { Clock } from './core/ports.ts';
import type { Route } from './health.ts';

/** Seconds: from an answer out of memory to one that waited for the platform's time limit. */
const answerBuckets = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const pollBuckets = [0.05, 0.25, 1, 2.5, 5, 10, 30, 60, 120];

/** What is looked up at the moment of a scrape. */
export interface Gauged {
  /** Of each task that is in the list. */
  states(): Iterable<TaskState>;
  /** Messages that are not sent yet. */
  unsent(): Promise<Backlog>;
  /** Cards whose edit waits for its turn, at this bot. */
  waitingEdits(): number;
}

/** How many numbers of an import came to which end. */
interface ImportedNumbers {
  /** With a known outcome, not refused. */
  taken: number;
  refused: number;
  unsent: number;
  unknown: number;
}

/**
 * What Prometheus is given. Durations come in ms; labels are words of our own lists, never names, ids or anything else
 * from outside.
 */
export interface Metrics {
  /** @param outcome `ok` or an error code. */
  polled(outcome: string, ms: number): void;
  sent(message: string, outcome: string): void;
  acted(act: string, outcome: string, ms: number): void;
  interacted(kind: string, ms: number): void;
  imported(numbers: ImportedNumbers): void;
  /** `GET /metrics`: everything, in Prometheus' text format. */
  route: Route;
}

interface MetricsOptions {
  clock: Pick<Clock, 'now' | 'elapsed'>;
  /** Adds what Node knows of the process; in one app per process only, as it is measured all the time. */
  ofProcess: boolean;
}

export function createMetrics(gauged: Gauged, { clock, ofProcess }: MetricsOptions): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (ofProcess) collectDefaultMetrics({ register: registry });

  /** When the last good poll ended, by `Clock.elapsed`; at first, when the process started: no poll is a failure too. */
  let goodPoll = clock.elapsed();
  const polls = new Histogram({
    name: 'dialdeck_poll_duration_seconds',
    help: 'Polls of the platform, by outcome.',
    labelNames: ['outcome'],
    buckets: pollBuckets,
    registers,
  });
  const sends = new Counter({
    name: 'dialdeck_sends_total',
    help: 'Calls to Slack that post or edit a message in a channel, by outcome.',
    labelNames: ['message', 'outcome'],
    registers,
  });
  const acts = new Histogram({
    name: 'dialdeck_act_duration_seconds',
    help: 'What people changed (start, pause, …), by outcome.',
    labelNames: ['act', 'outcome'],
    buckets: answerBuckets,
    registers,
  });
  const interactions = new Histogram({
    name: 'dialdeck_interaction_duration_seconds',
    help: 'Commands, presses and submissions, from their arrival to the answer.',
    labelNames: ['kind'],
    buckets: answerBuckets,
    registers,
  });
  const numbers = new Counter({
    name: 'dialdeck_import_numbers_total',
    help: 'Numbers of imports that were sent, by what became of them.',
    labelNames: ['outcome'],
    registers,
  });
  new Gauge({
    name: 'dialdeck_poll_age_seconds',
    help: 'Time since the last good poll ended, or since the start.',
    registers,
    collect() {
      this.set((clock.elapsed() - goodPoll) / 1000);
    },
  });
  new Gauge({
    name: 'dialdeck_tasks',
    help: 'Tasks in the list, by state.',
    labelNames: ['state'],
    registers,
    collect() {
      this.reset();
      // Counted before: a label costs a hundred times as much as a count.
      const counts = new Map<TaskState, number>();
      for (const state of gauged.states()) counts.set(state, (counts.get(state) ?? 0) + 1);
      for (const [state, count] of counts) this.set({ state }, count);
    },
  });
  new Gauge({
    name: 'dialdeck_outbox_oldest_seconds',
    help: 'How long the oldest message that is not sent yet has been waiting; 0 when there is none.',
    registers,
    async collect() {
      const { oldestAt } = await gauged.unsent();
      this.set(oldestAt === null ? 0 : Math.max(0, clock.now() - oldestAt) / 1000);
    },
  });
  new Gauge({
    name: 'dialdeck_outbox_items',
    help: 'Messages that are not sent yet.',
    registers,
    async collect() {
      this.set((await gauged.unsent()).items);
    },
  });
  new Gauge({
    name: 'dialdeck_edits_waiting',
    help: 'Cards whose edit waits for its turn.',
    registers,
    collect() {
      this.set(gauged.waitingEdits());
    },
  });

  return {
    polled(outcome, ms) {
      polls.observe({ outcome }, ms / 1000);
      if (outcome === 'ok') goodPoll = clock.elapsed();
    },
    sent: (message, outcome) => sends.inc({ message, outcome }),
    acted: (act, outcome, ms) => acts.observe({ act, outcome }, ms / 1000),
    interacted: (kind, ms) => interactions.observe({ kind }, ms / 1000),
    imported(counts) {
      for (const [outcome, count] of Object.entries(counts)) if (count > 0) numbers.inc({ outcome }, count);
    },
    route: {
      path: '/metrics',
      method: ['GET'],
      handler(_request, response) {
        registry.metrics().then(
          (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
          () => response.writeHead(503).end(),
        );
      },
    },
  };
}

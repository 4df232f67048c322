import type { Clock } from './core/ports.ts';
import type { Presence } from './core/time/presence.ts';
import type { Board } from './core/watch/board.ts';
import { healthRoutes, judge, type Route } from './health.ts';
import type { Jobs } from './jobs/schedule.ts';
import type { Release } from './release.ts';
import type { SlackAnswers } from './slack/api/answers.ts';
import type { SlackConnection } from './slack/bolt/app.ts';
import type { Store } from './store/store.ts';

/** What readiness is judged by; the parts come as functions, because the routes are served before all of them exist. */
interface ReadinessDeps {
  slack: () => Pick<SlackConnection, 'goneSince' | 'signaturesAreWrong'>;
  answers: () => SlackAnswers;
  store: Pick<Store, 'ping' | 'backlog'>;
  presence: Pick<Presence, 'writtenAt'>;
  board: Pick<Board, 'readAge'>;
  /** null before the jobs are started. */
  jobs: () => Jobs | null;
  pollEveryMs: number;
  release: Release;
  clock: Clock;
}

/** The routes of health, judged by the parts of the running app. */
export function readiness(deps: ReadinessDeps): Route[] {
  const { store, presence, board, jobs, pollEveryMs, clock } = deps;
  const vitals = () => ({
    slack: {
      goneSince: deps.slack().goneSince(),
      refusal: deps.answers().refusal(),
      answeredAt: deps.answers().answeredAt(),
      signaturesAreWrong: deps.slack().signaturesAreWrong(),
    },
    askStore: async () => {
      await store.ping();
      return store.backlog();
    },
    storeWrittenAt: presence.writtenAt(),
    poll: jobs()?.lastPoll() ?? { ok: false, error: 'not_started' },
    pollDueSince: jobs()?.waitingSince() ?? null,
    goodPollAge: board.readAge,
    pollEveryMs,
    pollIsSlow: jobs()?.isSlow() ?? false,
  });
  return healthRoutes(() => judge(vitals(), clock), deps.release, clock);
}

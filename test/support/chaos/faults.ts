import type { Fault as DialerFault } from '../../../sandbox/dialer/faults.ts';
import { lies } from '../../../sandbox/dialer/lies.ts';
import { chance } from '../../../sandbox/dialer/random.ts';
import type { DialerSandbox } from '../../../sandbox/dialer/server.ts';
import type { Fault as SlackFault } from '../../../sandbox/slack/faults.ts';
import type { SlackSandbox } from '../../../sandbox/slack/server.ts';

/** Of the platform's requests and of Slack's calls that fail; and, beside those, of the lists that lie. 0…1. */
export interface FaultShares {
  faults: number;
  lies: number;
}

/** What the bots ask for; others of the account create tasks and import numbers. */
const routes = ['list', 'init', 'progress', 'start', 'stop'] as const;

const platformFaults: readonly DialerFault[] = routes.flatMap((route) => [
  { route, kind: 'status', status: 500 },
  { route, kind: 'status', status: 429, retryAfter: 2 },
  { route, kind: 'drop', effect: false },
  { route, kind: 'drop', effect: true },
  { route, kind: 'truncate', cut: true },
  { route, kind: 'hang', effect: true },
]);

const slackFaults: readonly SlackFault[] = [
  { kind: 'status', status: 500 },
  { kind: 'status', status: 503 },
  { kind: 'error', error: 'internal_error' },
  { kind: 'rate_limited', retryAfter: 5 },
  { kind: 'drop', effect: false },
  { kind: 'drop', effect: false },
  { kind: 'drop' },
  { kind: 'drop' },
  { kind: 'drop' },
  { kind: 'hang' },
];

/** Slack's limits: a message a second and channel, 50 edits a minute and workspace. */
export function limit(slack: SlackSandbox): void {
  slack.faults.limitPosting({ burst: 3, everyMs: 1_000 });
  slack.faults.limitCalls('chat.update', { burst: 50, everyMs: 1_200, retryAfter: 10 });
}

/** From now on, requests fail on both sides, and lists lie. */
export function startFaults(
  { dialer, slack }: { dialer: DialerSandbox; slack: SlackSandbox },
  share: FaultShares,
  seed: number,
): void {
  const each = (share.faults * routes.length) / platformFaults.length;
  for (const fault of platformFaults) dialer.faults.add({ ...fault, share: each });
  for (const shows of lies) {
    dialer.faults.add({ route: 'list', kind: 'lie', shows, share: share.lies / lies.length });
  }
  let drawn = 0;
  const random = (): number => {
    drawn += 1;
    return chance(seed, 13, drawn);
  };
  slack.faults.mix({ share: share.faults, faults: slackFaults, random });
}

export function stopFaults({ dialer, slack }: { dialer: DialerSandbox; slack: SlackSandbox }): void {
  dialer.faults.clear();
  slack.faults.mix(null);
}

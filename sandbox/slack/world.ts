import type { Courier } from './delivery/courier.ts';
import type { SocketHub } from './delivery/socket.ts';
import type { Faults } from './faults.ts';
import type { Json } from './protocol.ts';
import type { Schedule } from './schedule.ts';
import type { Workspace } from './state.ts';
import type { TrafficLog } from './traffic.ts';
import type { Permits } from './triggers.ts';

/** How long things may take, in milliseconds. The defaults are Slack's. */
export interface Timing {
  ackMs: number;
  triggerMs: number;
  responseMs: number;
  responseUses: number;
  /** How long a socket lives before it is told to refresh. */
  connectionMs: number;
  /** How long before that it is warned. */
  warningMs: number;
  /** Pauses before each redelivery of an event. */
  retryMs: number[];
}

export const slackTiming: Timing = {
  ackMs: 3_000,
  triggerMs: 3_000,
  responseMs: 30 * 60_000,
  responseUses: 5,
  connectionMs: 18_060_000,
  warningMs: 10_000,
  retryMs: [100, 60_000, 300_000],
};

export interface Credentials {
  botToken: string;
  appToken: string;
  signingSecret: string;
  verificationToken: string;
}

/** Everything a method or a deed works with. */
export interface World {
  readonly now: () => number;
  readonly timing: Timing;
  readonly credentials: Credentials;
  readonly workspace: Workspace;
  readonly traffic: TrafficLog;
  readonly faults: Faults;
  readonly permits: Permits;
  readonly courier: Courier;
  readonly schedule: Schedule;
  readonly sockets: SocketHub;
  /** `http://127.0.0.1:port` */
  readonly url: () => string;
  /** Sends an event to the app if it subscribed to it. */
  readonly emitEvent: (event: Json & { type: string }) => void;
}

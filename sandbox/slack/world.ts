import type { Clock } from './clock.ts';
import type { Dispatcher } from './delivery/dispatcher.ts';
import type { SocketHub } from './delivery/socket.ts';
import type { Faults } from './faults.ts';
import type { Json } from './protocol.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { Schedule } from './schedule.ts';
import type { Workspace } from './state.ts';
import type { Timing } from './timing.ts';
import type { TrafficLog } from './traffic.ts';
import type { Triggers } from './triggers.ts';

interface Credentials {
  botToken: string;
  appToken: string;
  signingSecret: string;
  verificationToken: string;
  /** Tokens that were valid once. */
  revoked: Set<string>;
}

/** Everything a Web API method or a person's action works with. */
export interface World {
  readonly clock: Clock;
  readonly timing: Timing;
  readonly credentials: Credentials;
  readonly workspace: Workspace;
  readonly traffic: TrafficLog;
  readonly faults: Faults;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly dispatcher: Dispatcher;
  readonly schedule: Schedule;
  readonly sockets: SocketHub;
  /** `http://127.0.0.1:port` */
  readonly url: () => string;
  /** Sends an event to the app if it subscribed to it. */
  readonly emitEvent: (event: Json & { type: string }) => void;
}

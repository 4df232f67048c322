import type { Json } from '../protocol.ts';

/** One payload on its way to the app. */
export interface Envelope {
  kind: 'slash_commands' | 'interactive' | 'events_api';
  /** Its name in the traffic log: the payload's own type where it has one. */
  name: string;
  title: string;
  payload: Json;
  acceptsResponse: boolean;
}

export interface Retry {
  /** From 1. */
  num: number;
  reason: string;
}

export type Ack =
  /** `body` is what came with the acknowledgement: parsed JSON, a text, or undefined for none. */
  | { kind: 'acked'; body: unknown }
  /** `reason` is the code Slack shows to people; `retryReason` the one it sends with a redelivery. */
  | {
      kind: 'failed';
      reason: 'operation_timeout' | 'dispatch_failed';
      retryReason: 'http_timeout' | 'http_error' | 'connection_failed';
      detail: string;
      noRetry: boolean;
    };

/** A way to reach the app: Socket Mode or signed HTTP. Never throws; a failure is a failed `Ack`. */
export interface Transport {
  connected(): boolean;
  send(envelope: Envelope, retry: Retry | null, twice: boolean): Promise<Ack>;
}

export function failedAck(
  reason: 'operation_timeout' | 'dispatch_failed',
  retryReason: 'http_timeout' | 'http_error' | 'connection_failed',
  detail: string,
  noRetry = false,
): Ack {
  return { kind: 'failed', reason, retryReason, detail, noRetry };
}

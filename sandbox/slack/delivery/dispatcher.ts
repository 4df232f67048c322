import type { Clock } from '../clock.ts';
import type { Faults } from '../faults.ts';
import { isJson } from '../json.ts';
import type { TrafficLog } from '../traffic.ts';
import type { Ack, Envelope, Retry, Transport } from './envelope.ts';

/** Sends payloads to the app over the current transport, and events again when they are not acknowledged. */
export interface Dispatcher {
  connected(): boolean;
  /** Sends one payload, once (or twice, when `faults.sendTwice` asks for it), and waits for its acknowledgement. */
  send(envelope: Envelope): Promise<Ack>;
  /** Sends an event without waiting; one that is not acknowledged is sent again. */
  emit(envelope: Envelope): void;
  close(): void;
}

export interface DispatcherOptions {
  transport: () => Transport;
  traffic: TrafficLog;
  faults: Faults;
  clock: Clock;
  /** The pause before the first, second… redelivery of an event, in milliseconds. */
  retryMs: number[];
}

export function createDispatcher({ transport, traffic, faults, clock, retryMs }: DispatcherOptions): Dispatcher {
  const retries = new Set<() => void>();
  let closed = false;

  async function attempt(envelope: Envelope, retry: Retry | null): Promise<Ack> {
    const end = traffic.begin({
      direction: 'to-app',
      title: retry === null ? envelope.title : `${envelope.title} (retry ${retry.num}: ${retry.reason})`,
      name: envelope.name,
      sent: envelope.payload,
    });
    const ack = await transport().send(envelope, retry, faults.takeTwice(envelope.kind));
    if (ack.kind === 'failed') end(ack.reason, { detail: ack.detail });
    else end('acked', ack.body === undefined ? undefined : isJson(ack.body) ? ack.body : { body: ack.body });
    return ack;
  }

  async function deliver(envelope: Envelope, num: number, reason: string): Promise<void> {
    const ack = await attempt(envelope, num === 0 ? null : { num, reason });
    const pause = retryMs[num];
    if (ack.kind === 'acked' || ack.noRetry || pause === undefined || closed) return;
    const cancel = clock.after(pause, () => {
      retries.delete(cancel);
      void deliver(envelope, num + 1, ack.retryReason);
    });
    retries.add(cancel);
  }

  return {
    connected: () => transport().connected(),
    send: (envelope) => attempt(envelope, null),
    emit: (envelope) => void deliver(envelope, 0, ''),
    close() {
      closed = true;
      for (const cancel of retries) cancel();
      retries.clear();
    },
  };
}

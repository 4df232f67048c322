import type { App, Receiver, ReceiverEvent } from '@slack/bolt';

/** Slack redelivers for up to a few minutes after a lost acknowledgement (docs.slack.dev, Events API). */
const rememberForMs = 10 * 60_000;
const atMost = 10_000;

/** The response to the first delivery; null when it could not respond. */
type Acknowledged = { answer: Parameters<ReceiverEvent['ack']>[0] } | null;

/**
 * A receiver that processes each delivery once: a redelivery within ten minutes gets the acknowledgement of the first
 * and goes no further. A delivery that could not be acknowledged was not processed (listeners acknowledge first), so it
 * is forgotten and its redelivery counts as new. What must not happen twice across several bots or restarts is guarded
 * in the store as well; this is the cheap first line.
 */
export function createOnce(now: () => number) {
  const known = new Map<string, { until: number; acknowledged: Promise<Acknowledged> }>();

  const forget = (): void => {
    for (const [key, { until }] of known) {
      if (until > now() && known.size <= atMost) return;
      known.delete(key);
    }
  };

  const once = (app: App) => {
    const process = async (event: ReceiverEvent): Promise<void> => {
      const key = deliveryKey(event.body);
      if (key === null) return app.processEvent(event);
      forget();
      const earlier = known.get(key);
      if (earlier !== undefined) {
        const acknowledged = await earlier.acknowledged;
        return acknowledged === null ? process(event) : event.ack(acknowledged.answer);
      }
      let settle: (acknowledged: Acknowledged) => void = () => {};
      const acknowledged = new Promise<Acknowledged>((resolve) => {
        settle = resolve;
      });
      const entry = { until: now() + rememberForMs, acknowledged };
      known.set(key, entry);
      let answered = false;
      const ack: ReceiverEvent['ack'] = async (answer) => {
        await event.ack(answer);
        answered = true;
        settle({ answer });
      };
      try {
        await app.processEvent({ ...event, ack });
      } finally {
        if (!answered) {
          if (known.get(key) === entry) known.delete(key);
          settle(null);
        }
      }
    };
    return process;
  };

  return {
    /** Several receivers that share one memory: Slack may redeliver on another connection. */
    receiver(inner: Receiver): Receiver {
      return {
        init: (app) => inner.init(Object.create(app, { processEvent: { value: once(app) } })),
        start: (...args) => inner.start(...args),
        stop: (...args) => inner.stop(...args),
      };
    },
  };
}

/** Identifies one delivery: Slack redelivers it unchanged. */
function deliveryKey(body: ReceiverEvent['body']): string | null {
  const { event_id: event, trigger_id: trigger, type } = body;
  if (typeof event === 'string') return `event:${event}`;
  return typeof trigger === 'string' ? `${String(type)}:${trigger}` : null;
}

import type { App, Receiver, ReceiverEvent } from '@slack/bolt';

/** Slack delivers again for up to some minutes after a lost acknowledgement (docs.slack.dev, Events API). */
const rememberForMs = 10 * 60_000;
const atMost = 10_000;

type Acknowledgement = Parameters<ReceiverEvent['ack']>[0];

/**
 * A receiver whose deliveries are carried out once: one that comes again within ten minutes gets the acknowledgement
 * of the first and goes no further. What must not happen twice over several bots or restarts is guarded in the store
 * as well; this is the cheap first line.
 */
export function createOnce(now: () => number) {
  const known = new Map<string, { until: number; acknowledged: Promise<Acknowledgement> }>();

  const forget = (): void => {
    for (const [key, { until }] of known) {
      if (until > now() && known.size <= atMost) return;
      known.delete(key);
    }
  };

  const once =
    (app: App) =>
    async (event: ReceiverEvent): Promise<void> => {
      const key = deliveryKey(event.body);
      if (key === null) return app.processEvent(event);
      forget();
      const earlier = known.get(key);
      if (earlier !== undefined) return event.ack(await earlier.acknowledged);
      let settle: (acknowledgement: Acknowledgement) => void = () => {};
      const acknowledged = new Promise<Acknowledgement>((resolve) => {
        settle = resolve;
      });
      known.set(key, { until: now() + rememberForMs, acknowledged });
      const ack: ReceiverEvent['ack'] = (acknowledgement) => {
        settle(acknowledgement);
        return event.ack(acknowledgement);
      };
      return app.processEvent({ ...event, ack });
    };

  return {
    /** Several receivers that share one memory: Slack may repeat a delivery on another connection. */
    receiver(inner: Receiver): Receiver {
      return {
        init: (app) => inner.init(Object.create(app, { processEvent: { value: once(app) } })),
        start: (...args) => inner.start(...args),
        stop: (...args) => inner.stop(...args),
      };
    },
  };
}

/** What names one delivery: Slack repeats it unchanged when it delivers again. */
function deliveryKey(body: ReceiverEvent['body']): string | null {
  const { event_id: event, trigger_id: trigger, type } = body;
  if (typeof event === 'string') return `event:${event}`;
  return typeof trigger === 'string' ? `${String(type)}:${trigger}` : null;
}

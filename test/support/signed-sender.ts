import { randomUUID } from 'node:crypto';
import { systemClock } from '../../sandbox/slack/clock.ts';
import type { Ack, Envelope } from '../../sandbox/slack/delivery/envelope.ts';
import { createHttpTransport } from '../../sandbox/slack/delivery/http.ts';
import type { Json } from '../../sandbox/slack/protocol.ts';
import type { World } from './world.ts';

/** A payload of any content, signed as Slack signs it: what a test sends without a person doing it. */
export interface Payload {
  kind: Envelope['kind'];
  body: Json;
}

/** Sends payloads to the app of a world in HTTP mode. Each is a delivery of its own, unless it is to come `again`. */
export function signedSender(
  { app, slack }: { app: Pick<World['app'], 'port'>; slack: World['slack'] },
  { again = false }: { again?: boolean } = {},
): (payload: Payload) => Promise<Ack> {
  const transport = createHttpTransport({
    requestUrl: `http://127.0.0.1:${app.port}/slack/events`,
    signingSecret: () => slack.signingSecret,
    clock: systemClock,
    ackMs: 3_000,
  });
  return ({ kind, body }) => {
    const once = kind === 'events_api' ? { event_id: `Ev${randomUUID()}` } : { trigger_id: randomUUID() };
    return transport.send(
      { kind, name: kind, title: kind, payload: again ? body : { ...body, ...once }, acceptsResponse: true },
      null,
      false,
    );
  };
}

/** The newest payload of that name that the stand-in sent. */
export function captured({ slack }: World, name: string): Json {
  const sent = slack.traffic.exchanges(name).filter(({ direction }) => direction === 'to-app');
  const last = sent.at(-1)?.sent;
  if (last === undefined) throw new Error(`The app was sent no ${name}.`);
  return structuredClone(last);
}

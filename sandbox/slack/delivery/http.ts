import { createHmac } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { parseJson } from '../json.ts';
import { type Ack, type Envelope, failedAck, type Retry, type Transport } from './envelope.ts';

export interface HttpOptions {
  requestUrl: string;
  /** The secret of the moment: it can be regenerated. */
  signingSecret: () => string;
  clock: Clock;
  /** How long the app has to acknowledge, in milliseconds. */
  ackMs: number;
}

/**
 * POSTs each payload to the app's request URL, signed as docs.slack.dev describes (HMAC-SHA256 of `v0:ts:body`):
 * commands as a form, interactions as the form field `payload`, events as JSON.
 */
export function createHttpTransport(options: HttpOptions): Transport {
  return {
    connected: () => true,
    async send(envelope, retry, twice) {
      const body = encode(envelope);
      const first = post(options, envelope, body, retry);
      if (twice) await Promise.all([first, post(options, envelope, body, retry)]);
      return first;
    },
  };
}

function encode({ kind, payload }: Envelope): string {
  if (kind === 'events_api') return JSON.stringify(payload);
  if (kind === 'interactive') return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const fields = Object.entries(payload).map(([key, value]): [string, string] => [key, String(value)]);
  return new URLSearchParams(fields).toString();
}

async function post(options: HttpOptions, envelope: Envelope, body: string, retry: Retry | null): Promise<Ack> {
  const timestamp = String(Math.floor(options.clock.now() / 1000));
  const signature = createHmac('sha256', options.signingSecret()).update(`v0:${timestamp}:${body}`).digest('hex');
  const deadline = new AbortController();
  const cancelDeadline = options.clock.after(options.ackMs, () => deadline.abort());
  try {
    const response = await fetch(options.requestUrl, {
      method: 'POST',
      body,
      redirect: 'manual',
      signal: deadline.signal,
      headers: {
        // Exactly these values: receivers compare the whole header, and would refuse a charset.
        'content-type': envelope.kind === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded',
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${signature}`,
        ...(retry === null ? {} : { 'x-slack-retry-num': String(retry.num), 'x-slack-retry-reason': retry.reason }),
      },
    });
    const text = await response.text();
    if (!response.ok) {
      const noRetry = response.headers.get('x-slack-no-retry') === '1';
      return failedAck('dispatch_failed', 'http_error', `http status ${response.status}`, noRetry);
    }
    if (text === '') return { kind: 'acked', body: undefined };
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    // A body that claims to be JSON but is not stays text, which the reader of the acknowledgement refuses.
    return { kind: 'acked', body: isJson ? (parseJson(text) ?? text) : text };
  } catch (error) {
    if (deadline.signal.aborted) {
      return failedAck('operation_timeout', 'http_timeout', `not acknowledged within ${options.ackMs} ms`);
    }
    const detail = error instanceof Error ? error.message : String(error);
    return failedAck('dispatch_failed', 'connection_failed', detail);
  } finally {
    cancelDeadline();
  }
}

import type { Json, Traffic } from './protocol.ts';

/** One exchange unmasked, for assertions; people only ever see the masked form. */
interface Exchange {
  seq: number;
  at: number;
  direction: Traffic['direction'];
  title: string;
  /** The Web API method, or the kind of envelope. */
  name: string;
  outcome: string;
  ms: number | null;
  sent: Json;
  answer: Json | null;
}

export interface TrafficLog {
  /** Records the start of an exchange; the function it returns records its end. */
  begin(
    what: Pick<Exchange, 'direction' | 'title' | 'name'> & { sent: Json },
  ): (outcome: string, answer?: Json) => void;
  /** The newest `limit` lines, oldest first, phone numbers masked and long details cut. */
  lines(limit?: number): Traffic[];
  /** Exchanges unmasked, optionally of one name (`chat.postMessage`, `slash_commands`, `block_actions`…). */
  exchanges(name?: string): Exchange[];
  /** The log as text for a failed test, masked. */
  print(limit?: number): string;
  clear(): void;
}

const keep = 2_000;
const longestDetail = 6_000;

export function createTraffic(now: () => number, changed: () => void): TrafficLog {
  let exchanges: Exchange[] = [];
  let seq = 0;
  // Masking walks the whole payload, and every snapshot shows a hundred lines: each is made once.
  const made = new WeakMap<Exchange, Traffic>();
  const line = (exchange: Exchange): Traffic => {
    const known = made.get(exchange);
    if (known) return known;
    const fresh = toLine(exchange);
    made.set(exchange, fresh);
    return fresh;
  };
  const lines = (limit = 200) => exchanges.slice(-limit).map(line);
  return {
    begin({ direction, title, name, sent }) {
      seq += 1;
      const started = now();
      const exchange: Exchange = {
        seq,
        at: started,
        direction,
        title,
        name,
        outcome: '…',
        ms: null,
        sent,
        answer: null,
      };
      exchanges.push(exchange);
      if (exchanges.length > keep) exchanges = exchanges.slice(-keep);
      changed();
      return (outcome, answer) => {
        exchange.outcome = outcome;
        exchange.ms = Math.round(now() - started);
        exchange.answer = answer ?? null;
        made.delete(exchange);
        changed();
      };
    },
    lines,
    exchanges: (name) => exchanges.filter((exchange) => name === undefined || exchange.name === name),
    print: (limit = 60) =>
      lines(limit)
        .map((line) => {
          const arrow = line.direction === 'to-app' ? '→ app' : '← app';
          return `${arrow}  ${line.title}  ${line.outcome}  ${JSON.stringify(line.detail).slice(0, 600)}`;
        })
        .join('\n'),
    clear() {
      exchanges = [];
      changed();
    },
  };
}

function toLine(exchange: Exchange): Traffic {
  const { seq, at, direction, title, outcome, ms, sent, answer } = exchange;
  const detail = maskDeep(answer === null ? sent : { sent, answer });
  const text = JSON.stringify(detail);
  const short: Json = text.length <= longestDetail ? (detail as Json) : { cut: `${text.slice(0, longestDetail)}…` };
  return { seq, at, direction, title: maskPhones(title), outcome, ms, detail: short };
}

const mobile = /(?<!\d)((?:\+?86[- ]?)?1[3-9]\d)[- ]?\d{4}[- ]?(\d{4})(?!\d)/g;
const landline = /(?<!\d)(0\d{2,3}[- ]?)\d{3,4}(\d{4})(?!\d)/g;
const international = /(\+\d{3})\d{3,8}(\d{4})(?!\d)/g;

/** Hides the middle of everything that looks like a phone number: `138****8000`. */
export function maskPhones(text: string): string {
  return text.replace(mobile, '$1****$2').replace(landline, '$1****$2').replace(international, '$1****$2');
}

const secret = /^(token|bot_token|authorization)$/i;

function maskDeep(value: unknown): unknown {
  if (typeof value === 'string') return maskPhones(value);
  if (Array.isArray(value)) return value.map(maskDeep);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, secret.test(key) ? '•••' : maskDeep(inner)]),
  );
}

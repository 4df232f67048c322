import type { ReceiverEvent } from '@slack/bolt';
import { toAppError } from '../../core/errors.ts';
import type { Clock, Log } from '../../core/ports.ts';
import type { Claims } from '../../core/time/claims.ts';
import { within } from '../../core/time/waiting.ts';
import { parseCommand } from '../command-words.ts';
import { isEcho } from './addressed.ts';
import type { Process } from './rescue.ts';
import { isTyping } from './typing.ts';

/** Slack redelivers for up to a few minutes after a lost acknowledgement (docs.slack.dev, Events API). */
const rememberForMs = 10 * 60_000;
const atMost = 10_000;

/**
 * A store that does not answer must not use up Slack's three seconds, and must not stop a pause: after this the
 * delivery is carried out unclaimed, ms. Everything but a pause needs the store later and fails in words there.
 */
const claimWithinMs = 400;

/** A longer acknowledgement is not kept: a repetition gets an empty one. Views have 250 KB at most. */
const maxResponseLength = 300_000;

type Answer = Parameters<ReceiverEvent['ack']>[0];

/** What the first delivery answered; null when it could not answer. */
type Acknowledged = { answer: Answer } | null;

/** Who carries a delivery out. `nobody`: it needs no claim, or the store did not say in time. */
type Claim = { by: 'us' | 'nobody' } | { by: 'another'; answer: Answer };

interface OnceDeps {
  clock: Clock;
  log: Pick<Log, 'warn'>;
  /** Shared by all bots, and still there after a restart. */
  claims: Claims;
}

/**
 * Carries each delivery out once: one that comes again within ten minutes gets the acknowledgement of the first, where
 * it is known, and goes no further. A delivery that could not be acknowledged was not carried out (listeners
 * acknowledge first), so it is forgotten and its repetition is a first one. Memory answers for this process, on any
 * connection; the claim in the store for other bots and for the time before a restart. A process that dies between
 * claim and acknowledgement leaves a delivery that is not carried out: better that than twice.
 */
export function createOnce({ clock, log, claims }: OnceDeps): (process: Process) => Process {
  const known = new Map<string, { until: number; acknowledged: Promise<Acknowledged> }>();

  const forget = (): void => {
    for (const [key, { until }] of known) {
      if (until > clock.elapsed() && known.size <= atMost) return;
      known.delete(key);
    }
  };

  const claim = async (key: string): Promise<Claim> => {
    if (await claims.claimOnce(key, rememberForMs)) return { by: 'us' };
    return { by: 'another', answer: readAnswer(await claims.answerTo(key)) };
  };

  const claimInTime = (key: string): Promise<Claim> =>
    within(clock, { ms: claimWithinMs }, claim(key), (): Claim => ({ by: 'nobody' })).catch((error): Claim => {
      log.warn('a delivery could not be claimed', { code: toAppError(error).code });
      return { by: 'nobody' };
    });

  const inBackground = (what: string, work: Promise<void>): void => {
    work.catch((error) => log.warn(`${what} failed`, { code: toAppError(error).code }));
  };

  return (process) => {
    const processOnce = async (event: ReceiverEvent): Promise<void> => {
      const key = deliveryKey(event.body);
      if (key === null) return process(event);
      forget();
      const earlier = known.get(key);
      if (earlier !== undefined) {
        const acknowledged = await earlier.acknowledged;
        return acknowledged === null ? processOnce(event) : event.ack(acknowledged.answer);
      }
      let settle: (acknowledged: Acknowledged) => void = () => {};
      const acknowledged = new Promise<Acknowledged>((resolve) => {
        settle = resolve;
      });
      const entry = { until: clock.elapsed() + rememberForMs, acknowledged };
      known.set(key, entry);
      let answered = false;
      const ack: ReceiverEvent['ack'] = async (answer) => {
        await event.ack(answer);
        answered = true;
        settle({ answer });
      };
      let claimed: Claim = { by: 'nobody' };
      try {
        if (changesSomething(event.body)) claimed = await claimInTime(key);
        if (claimed.by === 'another') return await ack(claimed.answer);
        await process({
          ...event,
          ack: async (answer) => {
            await ack(answer);
            inBackground('keeping an acknowledgement', keep(claims, key, answer));
          },
        });
      } finally {
        if (!answered) {
          if (known.get(key) === entry) known.delete(key);
          settle(null);
          if (claimed.by === 'us') inBackground('giving up a claim', claims.unclaim(key));
        }
      }
    };
    return processOnce;
  };
}

async function keep(claims: Claims, key: string, answer: unknown): Promise<void> {
  if (answer === undefined || answer === '') return;
  const text = JSON.stringify(answer);
  if (text.length <= maxResponseLength) await claims.keepAnswer(key, text);
}

/** Only this app writes it, so it is what an acknowledgement was. */
const readAnswer = (text: string | null): Answer => (text === null ? undefined : JSON.parse(text));

/** What names one delivery: Slack repeats it unchanged when it delivers again. */
function deliveryKey(body: ReceiverEvent['body']): string | null {
  const { event_id: event, trigger_id: trigger, type } = body;
  if (typeof event === 'string') return `event:${event}`;
  return typeof trigger === 'string' ? `${String(type)}:${trigger}` : null;
}

/** The words that do something at once. All others read, or open a form with a trigger that is good for one time. */
const actingWords: ReadonlySet<string> = new Set(['start', 'pause', 'panic', 'resume', 'watch', 'unwatch']);

/**
 * A claim costs a write before the acknowledgement, so what only reads goes without. A message is always claimed: Slack
 * may deliver it to another bot again, and its answer would be there twice.
 */
function changesSomething(body: ReceiverEvent['body']): boolean {
  const { command, text } = body;
  if (isEcho(body) || isTyping(body)) return false;
  if (typeof command !== 'string' || typeof text !== 'string') return true;
  const parsed = parseCommand(text);
  return 'name' in parsed && actingWords.has(parsed.name);
}

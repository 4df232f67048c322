import type { AckFn, AnyMiddlewareArgs, Middleware } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Share } from '../../core/access/fair-share.ts';
import { toAppError } from '../../core/errors.ts';
import { within } from '../../core/time/waiting.ts';
import type { Installation } from '../api/installation.ts';
import type { People } from '../api/people.ts';
import { isEcho } from './addressed.ts';
import { type Refusal, refusedAtSight, refusedOnLook } from './admission.ts';
import { type Answerable, answerPayload } from './answer-payload.ts';
import { asksForPause } from './asks-for-pause.ts';
import { type Caller, callerOf } from './caller.ts';
import { answerUnknown, type NoListenerDeps } from './no-listener.ts';
import { isTyping } from './typing.ts';

export interface GateDeps extends NoListenerDeps {
  people: People;
  /** Where this app is installed. Throws when Slack does not say. */
  installation(): Promise<Installation>;
  takeShare(person: string): Share;
  allowGuests: boolean;
  /** How long an interaction took, from its arrival to the end of its listener, ms. */
  took(kind: Timed, ms: number): void;
}

/** The kinds of interactions that are timed; the word that a payload gives is from outside. */
const timed = [
  'command',
  'block_actions',
  'view_submission',
  'block_suggestion',
  'shortcut',
  'message_action',
] as const;
type Timed = (typeof timed)[number];

/** Kinds whose acknowledgement carries an answer; all others are acknowledged before anyone is looked up. Events have none. */
const answeredByAck: ReadonlySet<string> = new Set(['view_submission', 'block_suggestion', 'event']);

/** Both waits, and one for the language, fit into the three seconds in which Slack wants an answer, ms. */
const waitForPlaceMs = 800;
const waitForPersonMs = 1_000;

/**
 * The one way in: every command, press, submission, query, closed view and event passes here before any listener, and
 * is carried out only for people who belong to the workspace. Anyone else is refused privately, with one line in the
 * log; nothing else happens. Edits and deletions of messages ask for nothing and end here. A pause passes the fair
 * shares, and passes without a look-up when Slack does not answer.
 *
 * A listener says by `context.taken` that it takes the payload: what none takes is answered and logged here.
 */
export function createGate(deps: GateDeps): Middleware<AnyMiddlewareArgs> {
  const judge = async (caller: Caller, client: WebClient, pausing: boolean): Promise<Refusal | null> => {
    const { clock, people } = deps;
    const home = await within(clock, { ms: waitForPlaceMs }, deps.installation(), () => null).catch(() => null);
    const { person, personTeam, teamIds } = caller;
    if (home === null) {
      const sameTeam = personTeam === null || teamIds.includes(personTeam);
      return pausing && sameTeam && !caller.bot ? null : 'unsure';
    }
    const atSight = refusedAtSight(caller, home);
    if (atSight !== null || person === null) return atSight;
    const looked = await people.lookUp(person, client, waitForPersonMs);
    return refusedOnLook(caller, home, looked, { allowGuests: deps.allowGuests, pausing });
  };

  return async (args) => {
    const began = deps.clock.elapsed();
    const { body, client, next } = args;
    if (isEcho(body)) return;
    const caller = callerOf(body);
    const pausing = asksForPause(body);
    const ack = 'ack' in args ? (args.ack as AckFn<unknown>) : null;
    if (!answeredByAck.has(caller.kind)) await ack?.();
    const respond = 'respond' in args && typeof args.respond === 'function' ? args.respond : null;

    const isFree = caller.person === null || caller.kind === 'view_closed' || isTyping(body);
    const share = isFree || caller.person === null ? 'granted' : deps.takeShare(caller.person);
    const refusal = share === 'granted' || pausing ? await judge(caller, client, pausing) : 'over_share';
    if (refusal === null) {
      await next();
      const kind = timed.find((one) => one === caller.kind);
      if (kind !== undefined) deps.took(kind, deps.clock.elapsed() - began);
      if (args.context.taken === true || caller.kind === 'event') return;
      await answerUnknown(deps, { caller, body, client, ack, respond }).catch((error: unknown) =>
        deps.log.warn('an answer could not be delivered', { reason: toAppError(error).message }),
      );
      return;
    }

    if (share !== 'still_over') {
      const { kind, person, personTeam: team, appId: app } = caller;
      deps.log.warn('refused', { why: refusal, who: person, team, app, kind });
    }
    await refuse(deps, { caller, refusal, share, body, client, ack, respond }).catch((error: unknown) =>
      deps.log.warn('a refusal could not be delivered', { reason: toAppError(error).message }),
    );
  };
}

/** Refusals of people who, as far as is known, belong to the workspace. */
const ofOurs: ReadonlySet<Refusal> = new Set(['unsure', 'over_share']);

interface Refused extends Answerable {
  refusal: Refusal;
  share: Share;
}

/** Says why, where only that person sees it. Once per window, not once per press. */
async function refuse(deps: GateDeps, refused: Refused): Promise<void> {
  const { caller, refusal, share, client, ack } = refused;
  const { kind, person } = caller;
  if (kind === 'block_suggestion') return ack?.({ options: [] });
  if (person === null) return kind === 'view_submission' ? ack?.() : undefined;
  if (kind === 'view_closed') return;
  if (kind !== 'view_submission' && (share === 'still_over' || refusal === 'bot')) return;
  const sentence = (await deps.people.catalogueFor(person, client)).refusals[refusal];
  await answerPayload(deps, refused, sentence, { outsider: !ofOurs.has(refusal) });
}

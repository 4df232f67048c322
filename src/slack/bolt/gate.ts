import type { AckFn, AnyMiddlewareArgs, Middleware, RespondFn, ViewOutput, ViewResponseAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Share } from '../../core/access/fair-share.ts';
import { toAppError } from '../../core/errors.ts';
import type { Clock, Log } from '../../core/ports.ts';
import { within } from '../../core/time/waiting.ts';
import type { Installation } from '../api/installation.ts';
import type { People } from '../api/people.ts';
import { textMessage } from '../views/answers.ts';
import { warning } from '../views/state.ts';
import { type Refusal, refusedAtSight, refusedOnLook } from './admission.ts';
import { withAlert } from './alert.ts';
import { addressed, asksForPause, type Caller, callerOf } from './caller.ts';
import { postPrivately } from './interaction.ts';

export interface GateDeps {
  people: People;
  /** Where this app is installed. Throws when Slack does not say. */
  installation(): Promise<Installation>;
  takeShare(person: string): Share;
  allowGuests: boolean;
  clock: Clock;
  log: Log;
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
 * log; nothing else happens. A pause passes the fair shares, and passes without a look-up when Slack does not answer.
 *
 * As it acknowledges before any listener, a listener of what it acknowledges says so by `context.taken`: what none
 * takes is logged.
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
    const caller = callerOf(body);
    const pausing = asksForPause(body);
    const ack = 'ack' in args ? (args.ack as AckFn<unknown>) : null;
    if (!answeredByAck.has(caller.kind)) await ack?.();

    const share = caller.person === null || caller.kind === 'view_closed' ? 'granted' : deps.takeShare(caller.person);
    const refusal = share === 'granted' || pausing ? await judge(caller, client, pausing) : 'over_share';
    if (refusal === null) {
      await next();
      const kind = timed.find((one) => one === caller.kind);
      if (kind !== undefined) deps.took(kind, deps.clock.elapsed() - began);
      const early = ack !== null && !answeredByAck.has(caller.kind);
      if (early && args.context.taken !== true)
        deps.log.warn('a payload has no listener', { type: caller.kind, ...idsOf(body) });
      return;
    }

    if (share !== 'still_over') {
      const { kind, person, personTeam: team, appId: app } = caller;
      deps.log.warn('refused', { why: refusal, who: person, team, app, kind });
    }
    const respond = 'respond' in args && typeof args.respond === 'function' ? args.respond : null;
    await refuse(deps, { caller, refusal, share, body, client, ack, respond }).catch((error: unknown) =>
      deps.log.warn('a refusal could not be delivered', { reason: toAppError(error).message }),
    );
  };
}

/** What names the listener that a payload was meant for. */
const named = z
  .object({
    command: z.string().optional().catch(undefined),
    actions: z
      .array(z.object({ action_id: z.string() }))
      .optional()
      .catch(undefined),
    view: z.object({ callback_id: z.string() }).optional().catch(undefined),
  })
  .catch({});

function idsOf(body: unknown): {
  command?: string | undefined;
  action?: string | undefined;
  view?: string | undefined;
} {
  const { command, actions, view } = named.parse(body);
  return { command, action: actions?.[0]?.action_id, view: view?.callback_id };
}

/** Refusals of people who, as far as is known, belong to the workspace. */
const ofOurs: ReadonlySet<Refusal> = new Set(['unsure', 'over_share']);

interface Refused {
  caller: Caller;
  refusal: Refusal;
  share: Share;
  body: unknown;
  client: WebClient;
  ack: AckFn<unknown> | null;
  respond: RespondFn | null;
}

/** Says why, where only that person sees it. Once per window, not once per press. */
async function refuse(deps: GateDeps, refused: Refused): Promise<void> {
  const { caller, refusal, share, client, ack } = refused;
  const { kind, person } = caller;
  if (kind === 'block_suggestion') return ack?.({ options: [] });
  if (person === null) return kind === 'view_submission' ? ack?.() : undefined;
  if (kind === 'view_closed') return;
  const sentence = (await deps.people.catalogueFor(person, client)).refusals[refusal];
  const view = viewOf(refused.body);
  if (kind === 'view_submission') return ack?.(submissionAnswer(view, sentence));
  if (share === 'still_over' || refusal === 'bot') return;
  const text = `${warning} ${sentence}`;
  if (view !== null) {
    await client.views.update({ view_id: view.id, view: withAlert(view, sentence) });
    return;
  }
  const event = addressed(refused.body);
  if (kind === 'event' && event === null) return;
  const channel = event?.channel ?? channelOf(refused.body);
  if (ofOurs.has(refusal)) {
    const recipient = { client, person, channel, respond: refused.respond };
    return postPrivately(deps, `refusal of ${kind}`, recipient, textMessage(text));
  }
  // Nothing is begun with an outsider: no direct message where the place itself cannot be answered.
  if (refused.respond !== null) {
    await refused.respond({ response_type: 'ephemeral', replace_original: false, ...textMessage(text) });
  } else if (channel !== null) {
    await client.chat.postEphemeral({ channel, user: person, ...textMessage(text) });
  }
}

/** At a field, so that what was typed stays; above what is shown where there is no field. */
function submissionAnswer(view: ViewOutput | null, sentence: string): ViewResponseAction | undefined {
  if (view === null) return undefined;
  const field = Object.keys(view.state?.values ?? {})[0];
  if (field !== undefined) return { response_action: 'errors', errors: { [field]: sentence } };
  return { response_action: 'update', view: withAlert(view, sentence) };
}

function viewOf(body: unknown): ViewOutput | null {
  if (typeof body !== 'object' || body === null || !('view' in body)) return null;
  // Slack's own echo of a view of ours: only its blocks and names go back, unread.
  const view = body.view as ViewOutput | null;
  return typeof view?.id === 'string' && view.type === 'modal' ? view : null;
}

function channelOf(body: unknown): string | null {
  if (typeof body !== 'object' || body === null) return null;
  if ('channel_id' in body && typeof body.channel_id === 'string') return body.channel_id;
  if (!('channel' in body) || typeof body.channel !== 'object' || body.channel === null) return null;
  return 'id' in body.channel && typeof body.channel.id === 'string' ? body.channel.id : null;
}

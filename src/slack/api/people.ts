import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Clock } from '../../core/ports.ts';
import { within } from '../../core/time/waiting.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { catalogueOf, type Locale, localeOf } from '../../i18n/translator.ts';
import type { Names } from '../views/mrkdwn.ts';
import { isSlackError } from './errors.ts';

/** What admission needs to know of a person, from `users.info`. */
export interface Profile {
  teamId: string | null;
  enterpriseId: string | null;
  deactivated: boolean;
  bot: boolean;
  /** Single-channel or multi-channel guest. */
  guest: boolean;
  /** Of another organization, met in a Slack Connect channel. */
  stranger: boolean;
  /** What they are called: as they want it, else their full name; null where Slack gives none. */
  name: string | null;
}

export type LookedUp =
  | { kind: 'known'; profile: Profile }
  /** Slack knows nobody of that id whom this app may see. */
  | { kind: 'nobody' }
  /** The scope `users:read` was declined: nothing is known about anyone. */
  | { kind: 'declined' }
  /** Slack did not answer, or not in time. */
  | { kind: 'unanswered' };

export interface People {
  /** What Slack says of a person, from the cache where it is fresh. Waits at most `waitMs`; never throws. */
  lookUp(person: string, client: WebClient, waitMs: number): Promise<LookedUp>;
  /** The words for a person. Answers within a second, from the default language if need be. */
  catalogueFor(person: string, client: WebClient): Promise<Catalogue>;
  /**
   * What these people are called, those left out whom Slack does not name in time: to write of them without a mention,
   * which would notify them.
   */
  namesOf(people: readonly string[], client: WebClient): Promise<Names>;
}

/** How long an answer is fresh, and how long it stays valid while Slack cannot be asked again, ms. */
const freshForMs = 60 * 60_000;
const validForMs = 2 * freshForMs;
/** How long a first contact may wait for the language: a modal must open within three seconds of the click. */
const waitForMs = 700;
/** Beyond this many people, answers that stand no longer are forgotten. */
const maxPeople = 10_000;

const flag = z.boolean().optional().catch(false);
const id = z.string().optional().catch(undefined);
const user = z.object({
  team_id: id,
  enterprise_user: z.object({ enterprise_id: id }).optional().catch(undefined),
  deleted: flag,
  is_bot: flag,
  is_workflow_bot: flag,
  is_restricted: flag,
  is_ultra_restricted: flag,
  is_stranger: flag,
  locale: id,
  name: id,
  real_name: id,
  profile: z.object({ display_name: id, real_name: id }).optional().catch(undefined),
});

function profileOf(known: z.infer<typeof user>): Profile {
  return {
    teamId: known.team_id ?? null,
    enterpriseId: known.enterprise_user?.enterprise_id ?? null,
    deactivated: known.deleted === true,
    bot: known.is_bot === true || known.is_workflow_bot === true,
    guest: known.is_restricted === true || known.is_ultra_restricted === true,
    stranger: known.is_stranger === true,
    name: known.profile?.display_name || known.profile?.real_name || known.real_name || known.name || null,
  };
}

interface Remembered {
  answer: Extract<LookedUp, { kind: 'known' | 'declined' }>;
  locale: Locale;
  at: number;
}

/**
 * What Slack says of each person, asked once an hour (`users.info` with `include_locale`, scope `users:read`): one
 * look-up serves their language and their admission. An answer that comes too late for what asked for it is remembered.
 */
export function createPeople(fallback: Locale, clock: Clock): People {
  const known = new Map<string, Remembered>();
  const asking = new Map<string, Promise<LookedUp>>();

  const remember = (person: string, answer: Remembered['answer'], locale: Locale): LookedUp => {
    const at = clock.elapsed();
    if (known.size >= maxPeople) for (const [who, one] of known) if (at - one.at > validForMs) known.delete(who);
    known.set(person, { answer, locale, at });
    return answer;
  };

  const request = async (person: string, client: WebClient): Promise<LookedUp> => {
    try {
      const answer = await client.users.info({ user: person, include_locale: true });
      const parsed = user.safeParse(answer.user);
      if (!parsed.success) return { kind: 'unanswered' };
      const profile = profileOf(parsed.data);
      return remember(person, { kind: 'known', profile }, localeOf(parsed.data.locale, fallback));
    } catch (error) {
      if (isSlackError(error, ['missing_scope'])) return remember(person, { kind: 'declined' }, fallback);
      if (isSlackError(error, ['user_not_found', 'user_not_visible', 'users_not_found'])) return { kind: 'nobody' };
      return { kind: 'unanswered' };
    }
  };

  const ask = (person: string, client: WebClient): Promise<LookedUp> => {
    const earlier = asking.get(person);
    if (earlier !== undefined) return earlier;
    const asked = request(person, client).finally(() => asking.delete(person));
    asking.set(person, asked);
    return asked;
  };

  /** What is fresh, else what Slack answers within `waitMs`. */
  const answerFor = (person: string, client: WebClient, waitMs: number): Promise<LookedUp> | LookedUp => {
    const remembered = known.get(person);
    if (remembered !== undefined && clock.elapsed() - remembered.at < freshForMs) return remembered.answer;
    return within(clock, { ms: waitMs }, ask(person, client), (): LookedUp => ({ kind: 'unanswered' }));
  };

  return {
    async lookUp(person, client, waitMs) {
      const answer = await answerFor(person, client, waitMs);
      const remembered = known.get(person);
      const valid = remembered !== undefined && clock.elapsed() - remembered.at < validForMs;
      return answer.kind === 'unanswered' && valid ? remembered.answer : answer;
    },

    async catalogueFor(person, client) {
      await answerFor(person, client, waitForMs);
      return catalogueOf(known.get(person)?.locale ?? fallback);
    },

    async namesOf(people, client) {
      const names = new Map<string, string>();
      const nameOne = async (person: string): Promise<void> => {
        await answerFor(person, client, waitForMs);
        const answer = known.get(person)?.answer;
        if (answer?.kind === 'known' && answer.profile.name !== null) names.set(person, answer.profile.name);
      };
      await Promise.all([...new Set(people)].map(nameOne));
      return names;
    },
  };
}

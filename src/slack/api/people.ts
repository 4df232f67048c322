import type { WebClient } from '@slack/web-api';
import type { Clock } from '../../core/ports.ts';
import { within } from '../../core/time/waiting.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { catalogueOf, type Locale, localeOf } from '../../i18n/translator.ts';

/** How long a person's language is cached, ms. */
const rememberForMs = 60 * 60_000;
/** How long a first contact may wait for it: a modal must open within three seconds of the click. */
const waitForMs = 700;

/**
 * The language of each person, requested from Slack once an hour (`users.info` with `include_locale`, scope
 * `users:read`). A person whose language does not arrive in time gets the default language for that one answer.
 */
export function createPeople(fallback: Locale, clock: Clock) {
  const known = new Map<string, { locale: Locale; until: number }>();
  const asking = new Map<string, Promise<Locale>>();

  /** A response that comes too late for the current answer is cached all the same. */
  const ask = (person: string, client: WebClient, otherwise: Locale): Promise<Locale> => {
    const asked = client.users
      .info({ user: person, include_locale: true })
      .then((answer) => {
        const locale = localeOf(answer.user?.locale, fallback);
        known.set(person, { locale, until: clock.now() + rememberForMs });
        return locale;
      })
      .catch(() => otherwise)
      .finally(() => asking.delete(person));
    asking.set(person, asked);
    return asked;
  };

  return {
    async catalogueFor(person: string, client: WebClient): Promise<Catalogue> {
      const remembered = known.get(person);
      if (remembered !== undefined && remembered.until > clock.now()) return catalogueOf(remembered.locale);
      const otherwise = remembered?.locale ?? fallback;
      const asked = asking.get(person) ?? ask(person, client, otherwise);
      return catalogueOf(await within(clock, { ms: waitForMs }, asked, () => otherwise));
    },
  };
}

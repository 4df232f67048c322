import type { WebClient } from '@slack/web-api';
import type { Catalogue } from '../../i18n/en.ts';
import { catalogueOf, type Locale, localeOf } from '../../i18n/translator.ts';

/** How long a person's language is believed, ms. */
const rememberForMs = 60 * 60_000;
/** How long a first contact may wait for it: a modal must open within three seconds of the click. */
const waitForMs = 700;

/**
 * The language of each person, asked of Slack once an hour (`users.info` with `include_locale`, scope `users:read`).
 * Whoever cannot be asked in time is spoken to in the default language, this once.
 */
export function createPeople(fallback: Locale, now: () => number) {
  const known = new Map<string, { locale: Locale; until: number }>();
  const asking = new Map<string, Promise<Locale>>();

  /** The answer is remembered even when it comes too late for whoever waits now. */
  const ask = (person: string, client: WebClient, otherwise: Locale): Promise<Locale> => {
    const asked = client.users
      .info({ user: person, include_locale: true })
      .then((answer) => {
        const locale = localeOf(answer.user?.locale, fallback);
        known.set(person, { locale, until: now() + rememberForMs });
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
      if (remembered !== undefined && remembered.until > now()) return catalogueOf(remembered.locale);
      const otherwise = remembered?.locale ?? fallback;
      const asked = asking.get(person) ?? ask(person, client, otherwise);
      let timer: NodeJS.Timeout | undefined;
      const inTime = new Promise<Locale>((resolve) => {
        timer = setTimeout(() => resolve(otherwise), waitForMs);
      });
      const locale = await Promise.race([asked, inTime]);
      clearTimeout(timer);
      return catalogueOf(locale);
    },
  };
}

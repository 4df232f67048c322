import { maskPhonesIn } from '../../core/text/phone-mask.ts';
import { cleaned, oneLine, printable } from '../../core/text/printable.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { escapeMarkup, inertMarkup } from '../../i18n/escape.ts';
import { cut } from './cut.ts';

/** The longest name shown within a sentence; a menu, an input or the title of a card may show more. */
const nameLength = 80;

/** Replaces a name that is empty or blank. */
const nameless = '–';

/** A name from the platform or a person as mrkdwn: on one line, cut, phone numbers masked, without any formatting. */
export function named(text: string, max = nameLength): string {
  return inertMarkup(plainName(text, max));
}

/** The same for plain_text, where Slack reads no markup and, by `emoji: false`, no `:name:`. */
export function plainName(text: string, max = nameLength): string {
  const shown = cut(oneLine(maskPhonesIn(cleaned(text))), max);
  return seen(shown) ? shown : nameless;
}

/** Words as code: what to type. */
export function code(text: string): string {
  return `\`${escapeMarkup(printable(text).replaceAll('`', "'"))}\``;
}

/** What to type: `command` is the slash command, or empty where the words work without it. */
export function toType(command: string, words: string): string {
  return code(`${command} ${words}`.trim());
}

/**
 * A date token: Slack renders the time in each reader's own time zone and language. `at` is epoch ms; `format` comes
 * from `t.dates`. Clients that cannot render tokens show `fallback`, by default the time in UTC.
 */
export function date(at: number, format: string, fallback = utc(at)): string {
  return `<!date^${Math.floor(at / 1000)}^${format}|${escapeMarkup(fallback)}>`;
}

/** Mentions a person, which notifies them where the message is new and they are in the channel. */
export function person(id: string): string {
  return `<@${id.replaceAll(/[^A-Za-z0-9]/g, '')}>`;
}

/** What people are called, by id. */
export type Names = ReadonlyMap<string, string>;

/** The longest name of a person in a line that has several. */
const personLength = 30;

/** A person by name, which notifies nobody; one whose name is not known is mentioned. */
export function personName(id: string, names: Names): string {
  const name = names.get(id);
  return name === undefined ? person(id) : named(name, personLength);
}

/** A channel as a link; a direct message has none, so it is named as one. */
export function channelLink(id: string, t: Catalogue): string {
  return /^[CG][A-Z0-9]+$/.test(id) ? `<#${id}>` : t.units.thisConversation;
}

/** `2026-11-23`, in UTC: for plain_text, where Slack renders no date tokens. */
export function day(at: number): string {
  return utc(at).slice(0, 10);
}

function utc(at: number): string {
  const iso = Number.isFinite(at) && Math.abs(at) < 8.64e15 ? new Date(at).toISOString() : '';
  return iso === '' ? '–' : `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** Whether anything of it can be seen: some letters are as blank as a space. */
function seen(text: string): boolean {
  return /[^\s\p{Default_Ignorable_Code_Point}]/u.test(text);
}

/**
 * What text from outside may hold. Control characters steer a terminal, bidi controls turn text around, tags carry
 * hidden text, and an unpaired surrogate is no character at all. All functions here take time linear in the text.
 */

/** The line ends of all systems; in text there is one, `\n`. */
const lineEnd = /\r\n?|[\v\f\u0085\u2028\u2029]/g;

/**
 * Never shown, in any place: controls but tab and line feed; unpaired surrogates and code points that are no
 * characters; bidi controls; deprecated format controls and annotation anchors; tags and the unassigned rest of their
 * plane, without the variation selectors that Han names use.
 */
const forbidden =
  /(?![\t\n])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\p{Bidi_Control}\u206a-\u206f\ufff9-\ufffb\u{e0000}-\u{e00ff}\u{e01f0}-\u{e0fff}]/gu;

/** Without a shape of their own and without use in a name: soft hyphen, zero-width blanks, invisible operators. */
const invisible = /[\u00ad\u180e\u200b\u2060-\u2064\ufeff]/g;

/** Joiners and selectors after a digit, except in keycaps: they would hide a phone number from its mask. */
const hidingDigits = /(?<=\d)(?:\u200c|\u200d|[\ufe00-\ufe0f])+(?!\u20e3)/g;

/** The text without any character that must not reach chat, log or terminal; every line end is `\n`. */
export function printable(text: string): string {
  return text.replace(lineEnd, '\n').replace(forbidden, '');
}

/**
 * Text as it enters: also without what nobody can see. The zero-width blanks that our own texts carry are among it, so
 * a name copied out of chat comes back as it was.
 */
export function cleaned(text: string): string {
  return printable(text).replace(invisible, '').replace(hidingDigits, '');
}

/** Everything on one line, blanks of all kinds as single ones. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

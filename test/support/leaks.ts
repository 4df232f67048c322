/** What must never appear in a log line or a message: tokens, whole phone numbers, the platform's internal fields. */
export interface Secrets {
  tokens: readonly string[];
  /** Caller numbers and others that the test knows. */
  phones: readonly string[];
}

const internalFields = [
  'call_notify_url',
  'node_ip',
  'dial_string',
  'user_id',
  'originate_variables',
  'hangup_notify',
  'destination_context',
];
const mobile = /(?<![\d.])(?:\+?86)?1[3-9]\d{9}(?!\d)/;
/** One in some thousand random ids happens to hold eleven digits in a row. */
const ids = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;

/** Every leak in these texts, in words; empty when there is none. */
export function leaksIn(texts: readonly string[], { tokens, phones }: Secrets): string[] {
  const found: string[] = [];
  for (const text of texts) {
    const excerpt = text.slice(0, 200);
    if (tokens.some((token) => token !== '' && text.includes(token))) found.push(`a token in: ${excerpt}`);
    if (phones.some((phone) => text.includes(phone)) || mobile.test(text.replace(ids, '')))
      found.push(`a phone number in: ${excerpt}`);
    const field = internalFields.find((name) => text.includes(name));
    if (field !== undefined) found.push(`the internal field ${field} in: ${excerpt}`);
  }
  return found;
}

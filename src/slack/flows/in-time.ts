import type { SlackDeps } from '../deps.ts';

/** A menu that is typed into must be answered within Slack's three seconds. */
const waitMs = 2_000;

/** What a reading gives, or `otherwise` when it fails or does not come in time for an answer that cannot be late. */
export async function inTime<T>({ clock }: Pick<SlackDeps, 'clock'>, reading: Promise<T>, otherwise: T): Promise<T> {
  const late = new AbortController();
  try {
    return await Promise.race([reading, clock.sleep(waitMs, late.signal).then(() => otherwise)]);
  } catch {
    return otherwise;
  } finally {
    late.abort();
  }
}

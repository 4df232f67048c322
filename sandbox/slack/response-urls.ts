import type { Ids } from './ids.ts';

/** Where a message sent to a `response_url` goes. */
export interface ResponseTarget {
  user: string;
  channel: string;
  /** The message the interaction came from; null for a slash command. */
  ts: string | null;
  ephemeral: boolean;
  threadTs: string | null;
}

/** The response URLs that interactions hand to the app. */
export interface ResponseUrls {
  /** The id at the end of a new URL. */
  issue(target: ResponseTarget): string;
  /** Counts one use, or says why the URL cannot be used: `invalid_url`, `expired_url`, `used_url`. */
  use(id: string): { ok: true; target: ResponseTarget } | { ok: false; error: string };
  clear(): void;
}

/** docs.slack.dev: a response URL can be used five times within 30 minutes. */
export function createResponseUrls(
  now: () => number,
  ids: Ids,
  limits: { lifetimeMs: number; uses: number },
): ResponseUrls {
  const issued = new Map<string, { target: ResponseTarget; at: number; uses: number }>();
  return {
    issue(target) {
      const id = ids.token();
      issued.set(id, { target, at: now(), uses: 0 });
      return id;
    },
    use(id) {
      const found = issued.get(id);
      if (!found) return { ok: false, error: 'invalid_url' };
      if (now() - found.at > limits.lifetimeMs) return { ok: false, error: 'expired_url' };
      if (found.uses >= limits.uses) return { ok: false, error: 'used_url' };
      found.uses += 1;
      return { ok: true, target: found.target };
    },
    clear: () => issued.clear(),
  };
}

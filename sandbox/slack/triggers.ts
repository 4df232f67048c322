import type { Ids } from './ids.ts';

/** Whose click a trigger id stands for, and in which conversation. */
export interface Trigger {
  user: string;
  channel: string | null;
}

/** The trigger ids that interactions hand to the app, each good for opening one view. */
export interface Triggers {
  /** A new `trigger_id` for that person's click. */
  issue(user: string, channel: string | null): string;
  /** Uses a trigger id up, or says with Slack's error code why it opens nothing. */
  exchange(triggerId: string): { ok: true; trigger: Trigger } | { ok: false; error: string };
  clear(): void;
}

/** `lifetimeMs`: how long after the click a trigger id is good; three seconds, says docs.slack.dev. */
export function createTriggers(now: () => number, ids: Ids, lifetimeMs: number): Triggers {
  const issued = new Map<string, Trigger & { at: number; used: boolean }>();
  return {
    issue(user, channel) {
      const id = `${Math.floor(now())}.${issued.size}.${ids.token()}`;
      issued.set(id, { user, channel, at: now(), used: false });
      return id;
    },
    exchange(triggerId) {
      const found = issued.get(triggerId);
      if (!found) return { ok: false, error: 'invalid_trigger_id' };
      if (found.used) return { ok: false, error: 'exchanged_trigger_id' };
      if (now() - found.at > lifetimeMs) return { ok: false, error: 'expired_trigger_id' };
      found.used = true;
      return { ok: true, trigger: { user: found.user, channel: found.channel } };
    },
    clear: () => issued.clear(),
  };
}

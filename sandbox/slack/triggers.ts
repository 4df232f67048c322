import type { Ids } from './ids.ts';

/** Trigger ids and response addresses: the two permits an interaction hands to the app. */

export interface ResponsePermit {
  user: string;
  channel: string;
  /** The message the interaction came from; null for a slash command. */
  ts: string | null;
  ephemeral: boolean;
  threadTs: string | null;
}

export type Exchanged<T> = { ok: true; value: T } | { ok: false; error: string };

/** Whose click a trigger id stands for, and in which conversation. */
export interface Trigger {
  user: string;
  channel: string | null;
}

export interface Permits {
  /** A trigger id for that person; good once, within `triggerMs`. */
  trigger(user: string, channel: string | null): string;
  exchange(triggerId: string): Exchanged<Trigger>;
  /** The last part of a response address; good `uses` times within `responseMs`. */
  response(permit: ResponsePermit): string;
  /** Reads a permit and counts one use. */
  use(id: string): Exchanged<ResponsePermit>;
  clear(): void;
}

export interface PermitLimits {
  triggerMs: number;
  responseMs: number;
  responseUses: number;
}

/** docs.slack.dev: triggers 3 s and single use; response addresses 5 uses in 30 minutes. */
export function createPermits(now: () => number, ids: Ids, limits: PermitLimits): Permits {
  const triggers = new Map<string, Trigger & { at: number; used: boolean }>();
  const responses = new Map<string, { permit: ResponsePermit; at: number; uses: number }>();
  return {
    trigger(user, channel) {
      const id = `${Math.floor(now())}.${triggers.size}.${ids.token()}`;
      triggers.set(id, { user, channel, at: now(), used: false });
      return id;
    },
    exchange(triggerId) {
      const trigger = triggers.get(triggerId);
      if (!trigger) return { ok: false, error: 'invalid_trigger_id' };
      if (trigger.used) return { ok: false, error: 'exchanged_trigger_id' };
      if (now() - trigger.at > limits.triggerMs) return { ok: false, error: 'expired_trigger_id' };
      trigger.used = true;
      return { ok: true, value: { user: trigger.user, channel: trigger.channel } };
    },
    response(permit) {
      const id = ids.token();
      responses.set(id, { permit, at: now(), uses: 0 });
      return id;
    },
    use(id) {
      const found = responses.get(id);
      if (!found) return { ok: false, error: 'invalid_url' };
      if (now() - found.at > limits.responseMs) return { ok: false, error: 'expired_url' };
      if (found.uses >= limits.responseUses) return { ok: false, error: 'used_url' };
      found.uses += 1;
      return { ok: true, value: found.permit };
    },
    clear() {
      triggers.clear();
      responses.clear();
    },
  };
}

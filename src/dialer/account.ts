import { createHash } from 'node:crypto';
import { z } from 'zod';
import { id, listOf } from './lenient.ts';

/**
 * Whose account the platform answers for, as fingerprints: the ids themselves go no further. The task API document has
 * `user_id` in each task, and in the agent groups and scripts of the init metadata.
 */

/** 128 bits: enough to tell accounts apart. */
const fingerprintLength = 22;

function fingerprint(userId: string): string {
  return createHash('sha256').update(`dialdeck account ${userId}`).digest('base64url').slice(0, fingerprintLength);
}

/** More owners than this in one list are not distinguished from each other; an account has a few at most. */
const maxRemembered = 1_000;

const owned = z.object({ user_id: id });
const ownedByMeta = z.object({ customer_service: listOf(owned), outbound_group: listOf(owned) });

/** Whose task an entity is; null where it does not say. Remembers the ids it has seen: every entity has the same one. */
export function createOwnerReader(): (entity: unknown) => string | null {
  const seen = new Map<string, string>();
  return (entity) => {
    const userId = owned.safeParse(entity).data?.user_id ?? null;
    if (userId === null) return null;
    const known = seen.get(userId) ?? fingerprint(userId);
    if (seen.size < maxRemembered) seen.set(userId, known);
    return known;
  };
}

/** Whose scripts and agent groups the `meta` of `GET /v1/task/create` holds. */
export function ownersInMeta(meta: unknown): ReadonlySet<string> {
  const parsed = ownedByMeta.safeParse(meta).data;
  const ids = [...(parsed?.customer_service ?? []), ...(parsed?.outbound_group ?? [])].map((one) => one.user_id);
  return new Set([...new Set(ids)].flatMap((userId) => (userId === null ? [] : fingerprint(userId))));
}

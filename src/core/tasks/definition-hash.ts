import { createHash } from 'node:crypto';
import { comparable, type Definition, fields } from '../model/fields.ts';

/** Stands for a definition where there is no room for it: equal for those in which `changedFields` finds no difference. */
export function definitionHash(definition: Definition): string {
  const values = fields.map(({ key }) => comparable(definition[key]));
  return createHash('sha256').update(JSON.stringify(values)).digest('base64url').slice(0, 32);
}

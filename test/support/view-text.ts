import { derivedOnce } from '../../src/core/tasks/derived.ts';

/** Keys whose strings are for machines. */
const silent = new Set([
  'type',
  'value',
  'action_id',
  'block_id',
  'trigger_actions_on',
  'callback_id',
  'private_metadata',
  'style',
  'filetypes',
  'initial_value',
  'url',
  'format',
]);

/** Every string of a view or message that a person may read or hear. */
export function wordsOf(rendered: unknown): string[] {
  if (typeof rendered === 'string') return [rendered];
  if (Array.isArray(rendered)) return rendered.flatMap(wordsOf);
  if (typeof rendered !== 'object' || rendered === null) return [];
  return Object.entries(rendered).flatMap(([key, value]) => (silent.has(key) ? [] : wordsOf(value)));
}

/** Every object in it, however deep, of one of these types. */
export function parts(rendered: unknown, ...types: string[]): Record<string, unknown>[] {
  if (typeof rendered !== 'object' || rendered === null) return [];
  return objectsIn(rendered).filter(({ type }) => types.includes(String(type)));
}

/** Collected once for the dozen questions that are asked of each view. */
const objectsIn = derivedOnce((rendered: object): Record<string, unknown>[] => {
  const found: Record<string, unknown>[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (!Array.isArray(value)) found.push(value as Record<string, unknown>);
    for (const inner of Object.values(value)) visit(inner);
  };
  visit(rendered);
  return found;
});

export function actionIds(rendered: unknown): string[] {
  if (Array.isArray(rendered)) return rendered.flatMap(actionIds);
  if (typeof rendered !== 'object' || rendered === null) return [];
  const own = (rendered as Record<string, unknown>).action_id;
  return [...(typeof own === 'string' ? [own] : []), ...Object.values(rendered).flatMap(actionIds)];
}

import type { Entity } from './entities.ts';
import type { Switches } from './options.ts';

/**
 * Ways in which real responses differ from the document, which clients have to survive:
 * `stitched`: nested objects whose ids differ from the flat ones (as in the document's own example of a list);
 * `nulls`: nested objects missing or null; `strings`: numbers as numeric strings, `start` included;
 * `extras`: undocumented fields; `longIds`: script ids of 18 digits, as strings.
 */
export function withNoise(entity: Entity, noise: Switches['noise'], position = 0): Entity {
  let noisy = entity;
  if (noise.includes('longIds')) noisy = withLongIds(noisy);
  if (noise.includes('strings')) noisy = numbersAsStrings(noisy);
  if (noise.includes('stitched')) noisy = stitched(noisy);
  if (noise.includes('nulls')) noisy = withoutNested(noisy, position);
  if (noise.includes('extras'))
    noisy = { ...noisy, ai_model: { code: 0, status: 'error' }, tags: ['vip'], is_lock: false };
  return noisy;
}

/** Added to script ids: beyond what a JavaScript number holds exactly, so a client that parses them loses digits. */
const longIdBase = 100_000_000_000_000_001n;

/** The short form of a script id as received; null when it has neither form. */
export function shortScriptId(id: number | string, noise: Switches['noise']): number | null {
  if (!noise.includes('longIds')) return typeof id === 'number' ? id : null;
  const digits = String(id);
  return /^\d{18}$/.test(digits) ? Number(BigInt(digits) - longIdBase) : null;
}

/** The long form of a short script id. */
export function longScriptId(id: number): string {
  return String(longIdBase + BigInt(id));
}

function withLongIds(entity: Entity): Entity {
  const change: Entity = {};
  if (typeof entity.destination_extension === 'number') {
    change.destination_extension = longScriptId(entity.destination_extension);
  }
  if (isEntity(entity.group)) change.group = longId(entity.group);
  if (Array.isArray(entity.outbound_group)) change.outbound_group = entity.outbound_group.map(longId);
  return { ...entity, ...change };
}

function longId(script: Entity): Entity {
  return typeof script.id === 'number' ? { ...script, id: longScriptId(script.id) } : script;
}

function numbersAsStrings(entity: Entity): Entity {
  return Object.fromEntries(
    Object.entries(entity).map(([key, value]) => {
      if (typeof value === 'number') return [key, String(value)];
      if (Array.isArray(value)) return [key, value.map((item) => (isEntity(item) ? numbersAsStrings(item) : item))];
      return [key, isEntity(value) ? numbersAsStrings(value) : value];
    }),
  );
}

function stitched(entity: Entity): Entity {
  const change: Entity = {};
  if (isEntity(entity.caller_line)) {
    change.caller_line = { ...entity.caller_line, id: 'af69c544-a170-4a2d-b740-20bf66cc7ff4' };
  }
  if (isEntity(entity.disable_time_group)) {
    change.disable_time_group = { ...entity.disable_time_group, uuid: 'cf44b8fc-a60f-499e-a5c8-5340963a56a3' };
  }
  return { ...entity, ...change };
}

/** Every other task has null for its nested objects; the others lack them altogether. */
function withoutNested(entity: Entity, position: number): Entity {
  const nested = ['caller_line', 'auto_recycle_rule', 'disable_time_group', 'group'];
  return Object.fromEntries(
    Object.entries(entity).flatMap(([key, value]) => {
      if (!nested.includes(key)) return [[key, value]];
      return position % 2 === 0 ? [[key, null]] : [];
    }),
  );
}

function isEntity(value: unknown): value is Entity {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

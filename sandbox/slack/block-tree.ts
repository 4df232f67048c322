import { asArray, asJson, asObjects, asString, isJson } from './json.ts';
import type { Json } from './protocol.ts';

/** Walks over blocks: where their elements are, and the ids that Slack generates where the app left them out. */

/** The interactive elements of one block. */
export function elementsOf(block: Json): Json[] {
  const found: unknown[] =
    block.type === 'section'
      ? [block.accessory]
      : block.type === 'input'
        ? [block.element]
        : block.type === 'actions' || block.type === 'context_actions'
          ? asArray(block.elements)
          : block.type === 'card'
            ? asArray(block.actions)
            : block.type === 'data_table'
              ? asArray(block.rows).flatMap((row) => asObjects(row).map((cell) => cell.element))
              : [];
  return found.filter(isJson).filter((element) => element.type !== 'image');
}

/** Blocks that hold blocks of their own, flattened. */
export function allBlocks(blocks: unknown): Json[] {
  return asObjects(blocks).flatMap((block) => [
    block,
    ...(block.type === 'container' ? allBlocks(block.child_blocks) : []),
    ...(block.type === 'carousel' ? allBlocks(block.elements) : []),
  ]);
}

export function findElement(blocks: unknown, blockId: string, actionId: string): { block: Json; element: Json } | null {
  for (const block of allBlocks(blocks)) {
    if (block.block_id !== blockId) continue;
    const element = elementsOf(block).find((candidate) => candidate.action_id === actionId);
    if (element) return { block, element };
  }
  return null;
}

/** The same blocks with a `block_id` on each and an `action_id` on each element that lacks one. */
export function withIds(blocks: unknown, newId: () => string): Json[] {
  const fill = (element: unknown): unknown =>
    isJson(element) && element.type !== 'image' && asString(element.action_id) === ''
      ? { ...element, action_id: newId() }
      : element;
  return asObjects(blocks).map((block) => {
    const filled: Json = { ...block };
    if (asString(filled.block_id) === '') filled.block_id = newId();
    if (filled.type === 'section' && filled.accessory !== undefined) filled.accessory = fill(filled.accessory);
    if (filled.type === 'input') filled.element = fill(filled.element);
    if (filled.type === 'actions' || filled.type === 'context_actions') {
      filled.elements = asArray(filled.elements).map(fill);
    }
    if (filled.type === 'card' && filled.actions !== undefined) filled.actions = asArray(filled.actions).map(fill);
    if (filled.type === 'data_table') filled.rows = asArray(filled.rows).map((row) => filledRow(row, fill));
    if (filled.type === 'container') {
      if (filled.child_blocks !== undefined) filled.child_blocks = withIds(filled.child_blocks, newId);
    }
    if (filled.type === 'carousel') filled.elements = withIds(filled.elements, newId);
    return filled;
  });
}

/** A row of a table with an `action_id` on each button in it. */
function filledRow(row: unknown, fill: (element: unknown) => unknown): unknown {
  if (!Array.isArray(row)) return row;
  return row.map((cell: unknown) =>
    isJson(cell) && cell.type === 'action' ? { ...cell, element: fill(cell.element) } : cell,
  );
}

/** Every option of a select, group by group. */
export function optionsOf(element: Json): Json[] {
  const groups = asObjects(element.option_groups).flatMap((group) => asObjects(group.options));
  return [...asObjects(element.options), ...groups];
}

/** What blocks show, as one text: for notifications, searching and tests. */
export function textOf(blocks: unknown): string {
  const parts: string[] = [];
  const visit = (value: unknown, key: string): void => {
    if (typeof value === 'string') {
      if (key === 'text' || key === 'alt_text') parts.push(value);
      return;
    }
    if (Array.isArray(value)) for (const item of value) visit(item, key);
    else if (isJson(value)) for (const [name, inner] of Object.entries(value)) visit(inner, name);
  };
  for (const block of asObjects(blocks)) visit(asJson(block), '');
  return parts.join('\n');
}

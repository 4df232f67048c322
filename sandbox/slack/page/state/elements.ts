import { mergeValues, statefulElements } from '../../form.ts';
import { asString } from '../../json.ts';
import type { Json, StateValues } from '../../protocol.ts';

/* What the elements of a view or message hold, by the rules the server has too (form.ts). */

type Source = 'static' | 'external' | 'users' | 'conversations' | 'channels';

/** How a select menu works; null for anything else. */
export function selectKind(type: string): { multi: boolean; source: Source } | null {
  const match = /^(multi_)?(static|external|users|conversations|channels)_select$/.exec(type);
  return match && { multi: match[1] !== undefined, source: match[2] as Source };
}

/** The ids of a block and an element. The server fills in those the app left out; the position is the last resort. */
export function blockIdOf(block: Json, index: number): string {
  return asString(block.block_id) || `block-${index}`;
}
export function actionIdOf(element: Json, index: number): string {
  return asString(element.action_id) || `action-${index}`;
}

/** The state of every stateful element: what the person entered, else what the element started with. */
export function valuesOf(blocks: Json[], edits: StateValues | undefined): StateValues {
  return mergeValues(blocks, edits ?? {});
}

/** Edits whose block and element are still there. A block that comes back later starts over. */
export function pruneEdits(blocks: Json[], edits: StateValues): StateValues {
  const kept: StateValues = {};
  for (const { blockId, actionId } of statefulElements(blocks)) {
    const edit = edits[blockId]?.[actionId];
    if (edit) kept[blockId] = { ...kept[blockId], [actionId]: edit };
  }
  return kept;
}

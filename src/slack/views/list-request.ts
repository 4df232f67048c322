import { z } from 'zod';
import { cardFilters } from '../../core/tasks/filter.ts';
import { type ListRequest, wholeList } from '../../core/tasks/finder.ts';
import { listSorts } from '../../core/tasks/sort.ts';
import { cleaned } from '../../core/text/printable.ts';
import { cut } from './cut.ts';
import { readJson, writeJson } from './json-value.ts';

/** What list is asked for, as the buttons and menus of a list carry it. Those of earlier releases say less. */
const listRequest = z.object({
  page: z.number().int().min(1).catch(wholeList.page),
  filter: z.enum(cardFilters).nullable().catch(wholeList.filter),
  text: z.string().max(4_000).catch(wholeList.text),
  mine: z.boolean().catch(wholeList.mine),
  sort: z.enum(listSorts).catch(wholeList.sort),
  reversed: z.boolean().catch(wholeList.reversed),
});

/** A search text that is longer is cut: hardly anybody types that much. */
const carriedText = 200;

/** For the value of a button. */
export function writeListRequest(request: ListRequest, more: Record<string, string> = {}): string {
  const { page, filter, text, mine, sort, reversed } = request;
  return writeJson({ ...more, page, filter, mine, sort, reversed, text: cut(cleaned(text), carriedText) });
}

/** Anything that is not understood asks for the whole list. */
export function readListRequest(text: string): ListRequest {
  try {
    return listRequest.parse(readJson(text));
  } catch {
    return wholeList;
  }
}

/** A menu has no room for all of it, but its block has a name of up to 255 characters. */
const blockName = 'list:';
const maxBlockName = 255;

export function listBlockId(request: ListRequest): string {
  let { text } = request;
  for (;;) {
    const id = `${blockName}${writeListRequest({ ...request, text })}`;
    if (id.length <= maxBlockName) return id;
    text = text.slice(0, Math.max(0, text.length - Math.max(1, id.length - maxBlockName)));
  }
}

export function requestInBlock(blockId: string): ListRequest {
  return readListRequest(blockId.startsWith(blockName) ? blockId.slice(blockName.length) : '');
}

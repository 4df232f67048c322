import { plainOf } from '../../core/tasks/plain-text.ts';
import { meantBy } from '../../core/text/search.ts';
import { showList } from '../flows/show-list.ts';
import { readListWords } from './list-words.ts';
import type { Subcommand } from './subcommand.ts';

/** `list [state] [mine] [text]`, in any order and in both languages. */
export const list: Subcommand = async (deps, interaction, rest) => {
  const isName = (text: string): boolean => meantBy(deps.finder.known(), ({ task }) => plainOf(task), text).length > 0;
  await showList(deps, interaction, readListWords(rest, isName));
};

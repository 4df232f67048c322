import type { ListRequest } from '../../core/tasks/finder.ts';
import type { Interaction } from '../bolt/interaction.ts';
import type { SlackDeps } from '../deps.ts';
import { listMessage, listTableMessage, pagesInTable } from '../views/list.ts';
import { cardLinks } from './card-links.ts';
import { replaceFitting } from './replace-fitting.ts';

/**
 * Shows a part of the tasks, as a table where the workspace accepts one; the next command may use its numbers.
 * @param notice what was just done with one of them; mrkdwn
 */
export async function showList(
  deps: SlackDeps,
  interaction: Interaction,
  request: ListRequest,
  notice: string | null = null,
): Promise<void> {
  const { finder, newerBlocks } = deps;
  const mayBeTable = newerBlocks.mayTake('data_table');
  const [{ items, ...part }, links] = await Promise.all([
    finder.list(interaction.person, request, mayBeTable ? pagesInTable : 1),
    // A list without links is better than none.
    cardLinks(deps, interaction).catch(() => new Map<string, string>()),
  ]);
  const list = { ...request, ...part, cards: items, links, notice };
  const rows = () => listMessage(list, interaction.t);
  if (items.length === 0) return interaction.replace(rows());
  const whole = () => listTableMessage(list, interaction.t);
  await replaceFitting(deps, interaction, { block: 'data_table', whole, otherwise: rows });
}

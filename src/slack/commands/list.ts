import { type CardFilter, cardFilters } from '../../core/tasks/filter.ts';
import type { ListRequest } from '../../core/tasks/finder.ts';
import type { Interaction } from '../bolt/interaction.ts';
import type { SlackDeps } from '../deps.ts';
import { cardLinks } from '../flows/card-links.ts';
import { listMessage } from '../views/list.ts';
import type { Subcommand } from './subcommand.ts';

/** Chinese words for the filters. */
const filterWords: Record<CardFilter, readonly string[]> = {
  running: ['运行', '运行中', '拨打', '拨打中'],
  paused: ['暂停', '已暂停'],
  waiting: ['等待', '等待中'],
  done: ['完成', '已完成'],
};

/** `list [running|paused|waiting|done] [text]` */
export const list: Subcommand = async (deps, interaction, rest) => {
  const [first = '', ...others] = rest.split(/\s+/);
  const filter = cardFilters.find((word) => word === first.toLowerCase() || filterWords[word].includes(first)) ?? null;
  const text = filter === null ? rest : others.join(' ');
  await showList(deps, interaction, { page: 1, filter, text });
};

/** Shows one page of the tasks; the next command may use its numbers. */
export async function showList(deps: SlackDeps, interaction: Interaction, request: ListRequest): Promise<void> {
  const [{ items, ...page }, links] = await Promise.all([
    deps.finder.list(interaction.person, request),
    // A list without links is better than none.
    cardLinks(deps, interaction).catch(() => new Map<string, string>()),
  ]);
  await interaction.replace(listMessage({ ...request, ...page, cards: items, links }, interaction.t));
}

import { type CardFilter, cardFilters } from '../../core/tasks/filter.ts';
import { showList } from '../flows/show-list.ts';
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

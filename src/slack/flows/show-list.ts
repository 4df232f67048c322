import { type CardFilter, filterCards, page as pageOf } from '../../core/tasks/filter.ts';
import type { Interaction } from '../bolt/interaction.ts';
import type { SlackDeps } from '../deps.ts';
import { listMessage, pageSize } from '../views/list.ts';
import { cardsAtHand } from './find-task.ts';

export interface ListRequest {
  /** From 1; a page beyond the end shows the last one. */
  page: number;
  filter: CardFilter | null;
  text: string;
}

/** Shows one page of the tasks, and remembers their numbers: the next command may name a task by its number. */
export async function showList(deps: SlackDeps, interaction: Interaction, request: ListRequest): Promise<void> {
  const atHand = cardsAtHand(deps);
  const all = atHand ?? (await deps.tasks.cards());
  const cards = filterCards(all, request.filter, request.text);
  const { items, page, pages } = pageOf(cards, request.page, pageSize);
  await deps.store.rememberList(
    interaction.person,
    cards.map((card) => card.task.id),
  );
  await interaction.replace(
    listMessage(
      {
        cards: items,
        page,
        pages,
        total: cards.length,
        filter: request.filter,
        text: request.text,
        readAt: atHand === null ? deps.clock.now() : (deps.board.readAt ?? deps.clock.now()),
      },
      interaction.t,
    ),
  );
}

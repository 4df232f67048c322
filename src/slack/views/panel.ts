import type { KnownBlock } from '@slack/types';
import type { CardData } from '../../core/model/card.ts';
import { type TaskState, taskStates } from '../../core/model/reading.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { fitMessage, type MessageBody } from './limits.ts';
import { rowOf } from './list.ts';
import { actions, button, context, present, section } from './parts.ts';
import { evidenceText, glyphs, warning } from './state.ts';

const shownRows = 5;

/** What a bare command answers: what runs, what needs somebody, and the ways on. `problem`: mrkdwn, ready made. */
export function panelMessage({
  t,
  command,
  counts,
  running,
  attention,
  problem,
}: {
  t: Catalogue;
  command: string;
  counts: Record<TaskState, number>;
  running: CardData[];
  attention: CardData[];
  problem: string | null;
}): MessageBody {
  const counted = taskStates
    .filter((state) => counts[state] > 0)
    .map((state) => `${glyphs[state]} ${t.panel.count(counts[state], t.states[state])}`);
  const overview = counted.length > 0 ? counted.join(t.units.separator) : t.panel.none;
  return fitMessage({
    text: t.units.labelled(t.panel.heading, overview),
    blocks: present([
      problem === null ? null : section(`${warning} ${problem}`),
      section(`*${t.panel.heading}*\n${overview}`),
      ...group(t, t.panel.attention, attention, true),
      ...group(t, t.panel.running, running, false),
      actions('panel', [
        button('panel_new', t.buttons.newTask, 'new', { style: 'primary' }),
        button('panel_import', t.buttons.import, 'import'),
        button('panel_list', t.buttons.tasks, 'list'),
      ]),
      context(t.panel.hint(command)),
    ]),
  });
}

function group(t: Catalogue, heading: string, cards: CardData[], withEvidence: boolean): KnownBlock[] {
  if (cards.length === 0) return [];
  const more = cards.length - shownRows;
  return [
    section(`*${heading}*`),
    ...cards
      .slice(0, shownRows)
      .flatMap((card) => [rowOf(t, card, null), ...(withEvidence ? [context(evidenceText(t, card.evidence))] : [])]),
    ...(more > 0 ? [context(t.panel.more(more))] : []),
  ];
}

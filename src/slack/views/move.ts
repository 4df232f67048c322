import type { Button, InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import type { ConcurrencyChange, MoveResult, NotDone } from '../../core/lines/move.ts';
import { canMove, givers, type LineStanding } from '../../core/lines/standing.ts';
import type { CardData } from '../../core/model/card.ts';
import { plainOf } from '../../core/tasks/plain-text.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { errorSentence, issueSentence } from '../../i18n/sentences.ts';
import { actionIds, callbackIds, inputIds } from '../ids.ts';
import { writeJson } from './json-value.ts';
import { fitMessage, fitView, type MessageBody } from './limits.ts';
import { freeText } from './lines.ts';
import { type MenuEntry, matching, menu } from './menus.ts';
import { named, plainName } from './mrkdwn.ts';
import { actions, button, context, option, plain, present, section } from './parts.ts';
import { glyphs, refusal, warning } from './state.ts';

export interface MoveForm {
  /** null when no task is on it any longer and the platform does not list it. */
  line: LineStanding | null;
  lineId: string;
  /** What was chosen before; null for a new form. */
  typed: { from: string; to: string; count: string } | null;
  privateMetadata: string;
}

/** The form that moves concurrency between two tasks of a line. */
export function moveView({ line, lineId, typed, privateMetadata }: MoveForm, t: Catalogue): ModalView {
  const says = t.lines.move;
  const modal = {
    type: 'modal' as const,
    callback_id: callbackIds.moveConcurrency,
    title: plain(t.titles.move),
    private_metadata: privateMetadata,
  };
  if (line === null || !canMove(line)) {
    const name = named(line?.name ?? lineId);
    return fitView({ ...modal, close: plain(t.buttons.close), blocks: [section(says.nothing(name))] });
  }
  const number: InputBlock['element'] = {
    type: 'number_input',
    is_decimal_allowed: false,
    action_id: inputIds.moveCount,
    min_value: '1',
    initial_value: typed?.count || '1',
  };
  return fitView({
    ...modal,
    submit: plain(t.buttons.move),
    close: plain(t.buttons.cancel),
    blocks: [
      section(says.intro(named(line.name))),
      context(freeText(line, t)),
      taskInput(
        inputIds.moveFrom,
        { label: says.from, hint: says.fromHint, cards: givers(line), selected: typed?.from },
        t,
      ),
      taskInput(inputIds.moveTo, { label: says.to, cards: line.tasks, selected: typed?.to }, t),
      { type: 'input', block_id: inputIds.moveCount, label: plain(says.count), element: number },
    ],
  });
}

interface TaskInput {
  label: string;
  hint?: string;
  cards: readonly CardData[];
  selected: string | undefined;
}

function taskInput(id: string, { label, hint, cards, selected = '' }: TaskInput, t: Catalogue): InputBlock {
  const entries = moveEntries(cards, t);
  const taskId = selected.slice(selected.indexOf(':') + 1);
  // It may have another concurrency by now.
  const again = entries.find(({ id: value }) => value.endsWith(`:${taskId}`));
  return {
    type: 'input',
    block_id: id,
    label: plain(label),
    ...(hint !== undefined && { hint: plain(hint) }),
    element: menu({ actionId: id, placeholder: t.lines.move.choose, entries, selected: again?.id ?? '' }),
  };
}

/** The tasks of a line in a menu. A value carries the concurrency under which its task was chosen. */
function moveEntries(cards: readonly CardData[], t: Catalogue): MenuEntry[] {
  return cards.map(({ task, state }) => {
    const id = `${task.concurrency}:${task.id}`;
    const details = `${t.units.separator}${t.units.calls(task.concurrency)}${t.units.separator}${t.states[state]}`;
    const room = Math.max(20, 75 - details.length);
    return { id, plain: () => plainOf(task), option: () => option(id, plainName(task.name, room) + details) };
  });
}

/** Tasks matching what was typed, for the menus of `moveView`. */
export function suggestMoves(
  { line, gives, query }: { line: LineStanding | null; gives: boolean; query: string },
  t: Catalogue,
): PlainTextOption[] {
  if (line === null) return [];
  return matching(moveEntries(gives ? givers(line) : line.tasks, t), query);
}

/** Between the two steps. */
export function movingView(
  { from, to, privateMetadata }: { from: ConcurrencyChange; to: ConcurrencyChange; privateMetadata: string },
  t: Catalogue,
): ModalView {
  return fitView({
    type: 'modal',
    title: plain(t.titles.move),
    close: plain(t.buttons.close),
    private_metadata: privateMetadata,
    blocks: [
      section(loweredText(from, t)),
      section(`⏳ ${t.lines.move.raising(...changeText(to))}`),
      context(t.waiting.keepOpen),
    ],
  });
}

export interface Moved {
  result: MoveResult;
  /** Under which reference the log has the error, if there is one. */
  reference: string | null;
  /** Value of the button that opens the form again. */
  again: string;
  /** Value of the button that looks up what became of the step that is not known; null without one. */
  check: string | null;
}

/** What became of a move, step by step. */
export function movedMessage({ result, reference, again, check }: Moved, t: Catalogue): MessageBody {
  const blocks = present([
    ...stepsOf(result, t),
    reference === null ? null : context(t.problem.reference(reference)),
    check === null ? null : context(t.unknown.nothingResent),
    buttonsOf({ result, again, check }, t),
  ]);
  return fitMessage({ text: headline(result, t), blocks });
}

function headline(result: MoveResult, t: Catalogue): string {
  const says = t.lines.move;
  switch (result.kind) {
    case 'moved':
      return t.units.sentences([says.lowered(...changeText(result.from)), says.raised(...changeText(result.to))]);
    case 'nothing':
      return says.notLowered;
    case 'lowered_unknown':
      return says.loweredUnknown(...changeText(result.from));
    case 'lowered':
      return t.units.sentences([says.lowered(...changeText(result.from)), notRaisedText(result.to, t)]);
    case 'raised_unknown':
      return t.units.sentences([
        says.lowered(...changeText(result.from)),
        says.raisedUnknown(...changeText(result.to)),
      ]);
  }
}

function stepsOf(result: MoveResult, t: Catalogue): KnownBlock[] {
  const says = t.lines.move;
  switch (result.kind) {
    case 'moved':
      return [
        section(loweredText(result.from, t)),
        section(`${glyphs.finished} ${says.raised(...changeText(result.to))}`),
      ];
    case 'nothing':
      return [section(`${refusal} ${says.notLowered}`), section(whyText(result.because, t))];
    case 'lowered_unknown': {
      const reason = errorSentence(t, result.error);
      return [section(`${warning} ${says.loweredUnknown(...changeText(result.from))}`), section(reason)];
    }
    case 'lowered': {
      const { from, to, because } = result;
      return [
        section(loweredText(from, t), editButton(from, t)),
        section(`${refusal} ${notRaisedText(to, t)}`, editButton(to, t)),
        section(whyText(because, t)),
      ];
    }
    case 'raised_unknown': {
      const unknown = section(`${warning} ${says.raisedUnknown(...changeText(result.to))}`);
      return [section(loweredText(result.from, t)), unknown, section(errorSentence(t, result.error))];
    }
  }
}

function buttonsOf({ result, again, check }: Omit<Moved, 'reference'>, t: Catalogue): KnownBlock | null {
  if (check !== null) {
    return actions('check', [button(actionIds.checkOutcome, t.buttons.check, check, { style: 'primary' })]);
  }
  if (result.kind !== 'nothing') return null;
  return actions('retry', [button(actionIds.openForm, t.lines.move.again, again, { style: 'primary' })]);
}

/** Half a move is finished, or undone, by an edit of one of the two tasks. */
function editButton({ task }: ConcurrencyChange, t: Catalogue): Button {
  const value = writeJson({ form: 'edit', task: task.id });
  return button(actionIds.openForm, t.buttons.edit, value, { spoken: t.lines.move.editTask(plainName(task.name, 40)) });
}

const changeText = ({ task, before, after }: ConcurrencyChange): [string, number, number] => [
  named(task.name),
  before,
  after,
];

const loweredText = (from: ConcurrencyChange, t: Catalogue): string =>
  `${glyphs.finished} ${t.lines.move.lowered(...changeText(from))}`;

const notRaisedText = ({ task, before }: ConcurrencyChange, t: Catalogue): string =>
  t.lines.move.notRaised(named(task.name), before);

function whyText(because: NotDone, t: Catalogue): string {
  const says = t.lines.move;
  switch (because.kind) {
    case 'changed':
      return says.changed(named(because.task.name), because.task.concurrency);
    case 'invalid': {
      const { task, issue } = because;
      return says.invalid(named(task.name), t.fields[issue.field].label, issueSentence(t, issue));
    }
    case 'no_room':
      return says.noRoom(because.max);
    case 'busy':
      return says.busy(named(because.task.name));
    case 'refused':
      return errorSentence(t, because.error);
  }
}

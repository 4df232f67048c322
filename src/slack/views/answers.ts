import type { KnownBlock } from '@slack/types';
import type { AppError } from '../../core/errors.ts';
import type { CardData } from '../../core/model/card.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { errorSentence } from '../../i18n/sentences.ts';
import type { CommandName } from '../command-words.ts';
import { actionIds, panelId, pickId, runWordsId } from '../ids.ts';
import { writeJson } from './json-value.ts';
import { fitMessage, type MessageBody } from './limits.ts';
import { code, date, day, named, plainName, toType } from './mrkdwn.ts';
import { actions, button, context, present, section } from './parts.ts';
import { resumeButton } from './resume-button.ts';
import { progressText, stateText, warning } from './state.ts';

const shownTasks = 10;

/** An error, and the reference to its line in the log. */
export interface Failure {
  error: AppError;
  reference: string;
  /** What was asked for, where it may be tried again: words of a command, as Slack delivers them. */
  again?: string | null;
}

/** What is to be done with the task that is chosen, where, and what was typed besides, if that was said. */
interface Operation {
  operation: CommandName;
  channel?: string | undefined;
  rest?: string | undefined;
  asks?: boolean | undefined;
}

export interface NoSuchTask extends Operation {
  /** What was typed. */
  ref: string;
  suggestions: readonly CardData[];
}

export interface UnknownCommand {
  /** What stands before the words of a command there. */
  command: string;
  word: string;
  suggestion: CommandName | null;
  /** What was most likely meant, to be run by a button. */
  meant: RunnableWords | null;
}

/** Words of a command, as a button runs them. */
export interface RunnableWords {
  label: string;
  /** As Slack delivers what is typed, escaped. */
  words: string;
}

/** One sentence: mrkdwn, already escaped. */
export function textMessage(text: string): MessageBody {
  return fitMessage({ text, blocks: [section(text)] });
}

export function errorMessage({ error, reference, again = null }: Failure, t: Catalogue): MessageBody {
  const text = `${warning} ${errorSentence(t, error)}`;
  return fitMessage({
    text,
    blocks: present([
      section(text),
      error.code === 'calling_stopped' ? resumeButton(t) : null,
      again === null ? null : tryAgain(again, t),
      error.code === 'task_gone' ? toList(t) : null,
      context(t.problem.reference(code(reference))),
    ]),
  });
}

/** *Try again*, which runs the words of a command. */
export function tryAgain(words: string, t: Catalogue): KnownBlock {
  return runButtons([{ label: t.buttons.retry, words }]);
}

/** Two or more tasks answer to what was typed: a choice, never a guess. */
export function pickerMessage(
  { cards, ...asked }: Operation & { cards: readonly CardData[] },
  t: Catalogue,
): MessageBody {
  const more = cards.length - shownTasks;
  return fitMessage({
    text: t.answers.pick,
    blocks: present([
      section(`*${t.answers.pick}*`),
      ...taskRows(asked, cards, t),
      more > 0 ? context(t.answers.pickMore(more)) : null,
      asked.operation === 'pause' && cards.length > 1
        ? actions('pick_all', [button(actionIds.pauseAll, t.buttons.pauseAll, 'all', { style: 'danger' })])
        : null,
    ]),
  });
}

/** There is nothing to choose from: the button creates the first task. */
export function noTasksAnswer(t: Catalogue): MessageBody {
  const create = button(panelId('new'), t.buttons.newTask, 'new', { style: 'primary' });
  return fitMessage({ text: t.panel.none, blocks: [section(t.panel.none), actions('first_task', [create])] });
}

/** Something that can be done with tasks of the list; the button shows it. `text` is mrkdwn. */
export function toListMessage(text: string, t: Catalogue): MessageBody {
  return fitMessage({ text, blocks: [section(text), toList(t)] });
}

const toList = (t: Catalogue): KnownBlock => actions('to_list', [button(panelId('list'), t.buttons.tasks, 'list')]);

export function noSuchTaskMessage({ ref, suggestions, ...asked }: NoSuchTask, t: Catalogue): MessageBody {
  const text = `${warning} ${t.answers.noSuchTask(t.units.quote(named(ref)))}`;
  return fitMessage({
    text,
    blocks: [
      section(suggestions.length > 0 ? t.units.sentences([text, t.answers.didYouMean]) : text),
      ...taskRows(asked, suggestions, t),
      toList(t),
      context(t.answers.howToName),
    ],
  });
}

export function unknownCommandMessage({ command, word, suggestion, meant }: UnknownCommand, t: Catalogue): MessageBody {
  const text = t.units.sentences([
    t.answers.unknownCommand(t.units.quote(named(word, 40))),
    ...(suggestion === null ? [] : [t.answers.suggestion(toType(command, t.commands[suggestion].word))]),
    t.answers.seeHelp(toType(command, t.commands.help.word)),
  ]);
  const ways = meant === null ? [helpWords(t)] : [meant, helpWords(t)];
  return fitMessage({ text, blocks: [section(text), runButtons(ways)] });
}

/** What was said within a sentence is done only when its person says so. */
export function inPassingMessage(meant: RunnableWords, t: Catalogue): MessageBody {
  return fitMessage({ text: t.answers.inPassing, blocks: [section(t.answers.inPassing), runButtons([meant])] });
}

/** What was not understood, with a button for each example. `text` is mrkdwn. */
export function examplesMessage(
  { text, examples }: { text: string; examples: readonly string[] },
  t: Catalogue,
): MessageBody {
  const buttons = examples.map((words) => ({ label: words, words }));
  return fitMessage({ text, blocks: [section(text), runButtons([...buttons, helpWords(t)])] });
}

const helpWords = (t: Catalogue): RunnableWords => ({ label: t.buttons.help, words: t.commands.help.word });

/** A button shows at most this much of the words that it runs. */
const maxShownWords = 60;

function runButtons(runnable: readonly RunnableWords[]): KnownBlock {
  return actions(
    'run_words',
    runnable.map(({ label, words }, index) => button(runWordsId(index), plainName(label, maxShownWords), words)),
  );
}

/** A form could not be opened in time: the button provides a fresh trigger. */
export function openFormMessage(value: string, t: Catalogue): MessageBody {
  return fitMessage({
    text: t.answers.openForm,
    blocks: [section(t.answers.openForm), openFormButton(value, t)],
  });
}

/** A form cannot be opened for a message; the button can. */
export function formByButtonMessage(value: string, t: Catalogue): MessageBody {
  const text = t.answers.formByButton;
  return fitMessage({ text, blocks: [section(text), openFormButton(value, t)] });
}

/**
 * A form that is no longer on the screen did not succeed: the button opens it again as it was filled in. `text` is
 * mrkdwn.
 */
export function lostFormMessage({ text, value }: { text: string; value: string }, t: Catalogue): MessageBody {
  const said = `${warning} ${text}`;
  return fitMessage({
    text: said,
    blocks: [section(said), openFormButton(value, t)],
  });
}

function openFormButton(value: string, t: Catalogue): KnownBlock {
  return actions('form', [button(actionIds.openForm, t.buttons.openForm, value, { style: 'primary' })]);
}

function taskRows(
  { operation, channel, rest, asks }: Operation,
  cards: readonly CardData[],
  t: Catalogue,
): KnownBlock[] {
  const besides = { ...(rest !== undefined && rest !== '' && { rest }), ...(asks === true && { asks }) };
  return cards.slice(0, shownTasks).map(({ task, state }, index) => {
    const details = [
      stateText(state, t),
      progressText(task.progress, t),
      task.createdAt === null ? null : date(task.createdAt, t.dates.day, day(task.createdAt)),
    ].filter((part) => part !== null);
    return section(
      `*${named(task.name)}*\n${details.join(t.units.separator)}`,
      button(pickId(index), t.buttons.choose, writeJson({ op: operation, id: task.id, to: channel, ...besides }), {
        spoken: t.aria.choose(plainName(task.name)),
      }),
    );
  });
}

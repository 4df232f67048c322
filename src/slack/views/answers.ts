import type { KnownBlock } from '@slack/types';
import type { AppError } from '../../core/errors.ts';
import type { CardData } from '../../core/model/card.ts';
import type { Task } from '../../core/model/task.ts';
import type { Preflight, PreflightCode } from '../../core/tasks/preflight.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { errorSentence } from '../../i18n/sentences.ts';
import type { CommandName } from '../commands/words.ts';
import { lineText, scriptText } from './card.ts';
import { fitMessage, type MessageBody } from './limits.ts';
import { channelLink, code, date, day, named, plainName } from './mrkdwn.ts';
import { actions, button, context, markup, present, section } from './parts.ts';
import { glyphs, progressText, refusal, warning } from './state.ts';

const shownTasks = 10;
const shownWatches = 30;

/** One sentence: mrkdwn, ready made. */
export function textMessage({ t: _, text }: { t: Catalogue; text: string }): MessageBody {
  return fitMessage({ text, blocks: [section(text)] });
}

/** An error in words, with the reference under which the log has it. */
export function errorMessage({
  t,
  error,
  reference,
}: {
  t: Catalogue;
  error: AppError;
  reference: string;
}): MessageBody {
  const text = `${warning} ${errorSentence(t, error)}`;
  return fitMessage({ text, blocks: [section(text), context(t.problem.reference(code(reference)))] });
}

/** Two or more tasks answer to what was typed: a choice, never a guess. */
export function pickerMessage({
  t,
  operation,
  tasks,
}: {
  t: Catalogue;
  operation: CommandName;
  tasks: Task[];
}): MessageBody {
  const more = tasks.length - shownTasks;
  return fitMessage({
    text: t.answers.pick,
    blocks: present([
      section(`*${t.answers.pick}*`),
      ...taskRows(t, operation, tasks),
      more > 0 ? context(t.answers.pickMore(more)) : null,
    ]),
  });
}

export function noSuchTaskMessage({
  t,
  ref,
  suggestions,
  operation,
}: {
  t: Catalogue;
  ref: string;
  suggestions: Task[];
  operation: CommandName;
}): MessageBody {
  const text = `${warning} ${t.answers.noSuchTask(t.units.quote(named(ref)))}`;
  return fitMessage({
    text,
    blocks: [
      section(suggestions.length > 0 ? t.units.sentences([text, t.answers.didYouMean]) : text),
      ...taskRows(t, operation, suggestions),
      context(t.answers.howToName),
    ],
  });
}

export function unknownCommandMessage({
  t,
  command,
  word,
  suggestion,
}: {
  t: Catalogue;
  command: string;
  word: string;
  suggestion: CommandName | null;
}): MessageBody {
  const text = t.units.sentences([
    t.answers.unknownCommand(t.units.quote(named(word, 40))),
    ...(suggestion === null ? [] : [t.answers.suggestion(code(`${command} ${t.commands[suggestion].word}`))]),
    t.answers.seeHelp(code(`${command} ${t.commands.help.word}`)),
  ]);
  return fitMessage({ text, blocks: [section(text)] });
}

/** A form could not be opened in time: the button brings a fresh chance. */
export function openFormMessage({ t, value }: { t: Catalogue; value: string }): MessageBody {
  return fitMessage({
    text: t.answers.openForm,
    blocks: [
      section(t.answers.openForm),
      actions('form', [button('form_open', t.buttons.openForm, value, { style: 'primary' })]),
    ],
  });
}

/** A form that is not on the screen any more did not succeed: the button brings it back as it was typed. `text` is mrkdwn. */
export function lostFormMessage({ t, text, value }: { t: Catalogue; text: string; value: string }): MessageBody {
  const said = `${warning} ${text}`;
  return fitMessage({
    text: said,
    blocks: [section(said), actions('form', [button('form_open', t.buttons.openForm, value, { style: 'primary' })])],
  });
}

/** What Start is about to do and what speaks against it: red refuses, amber asks, green only confirms. */
export function askStartMessage({
  t,
  card,
  preflight,
}: {
  t: Catalogue;
  card: CardData;
  preflight: Preflight;
}): MessageBody {
  const { task } = card;
  const name = named(task.name);
  const refused = preflight.level === 'red';
  const headline = refused
    ? `${refusal} ${t.preflight.refused(name)}`
    : `${glyphs.dialing} ${t.preflight.heading(name)}`;
  const items = preflight.items.map(
    ({ level, code: item }) => `${level === 'red' ? refusal : warning} ${itemText(t, item, card)}`,
  );
  const label = preflight.level === 'green' ? t.buttons.start : t.buttons.startAnyway;
  return fitMessage({
    text: [headline, ...items].join('\n'),
    blocks: present([
      section(headline),
      refused ? null : aboutToDo(t, card),
      items.length > 0 ? section(items.join('\n')) : null,
      refused ? null : actions('start', [button('task_start_anyway', label, task.id, { style: 'primary' })]),
    ]),
  });
}

export function startedMessage({ t, card }: { t: Catalogue; card: CardData }): MessageBody {
  const { task } = card;
  const left = leftOf(task);
  const text = `${glyphs.dialing} ${t.units.sentences([
    t.answers.started(named(task.name)),
    ...(left === null ? [] : [t.answers.startedLeft(t.units.numbers(left))]),
    t.answers.quietHours(t.units.quote(named(task.quietHours.name ?? task.quietHours.id))),
  ])}`;
  return fitMessage({ text, blocks: [section(text)] });
}

export function pausedMessage({ t, card }: { t: Catalogue; card: CardData }): MessageBody {
  const progress = progressText(t, card.task.progress);
  const text = `${glyphs.paused} ${t.answers.paused(named(card.task.name))}`;
  return fitMessage({ text, blocks: present([section(text), progress === null ? null : context(progress)]) });
}

/** What `watch` and `unwatch` answer. Without `taskName` all tasks are meant. */
export function watchMessage({
  t,
  kind,
  taskName,
  channel,
  watches = [],
}: {
  t: Catalogue;
  kind: 'added' | 'already' | 'removed' | 'not_watched' | 'list';
  taskName?: string;
  channel?: string;
  watches?: readonly { taskName: string; channel: string; brokenBy: string | null }[];
}): MessageBody {
  if (kind === 'list') return watchList(t, watches);
  const name = taskName === undefined ? t.watch.all : named(taskName);
  const sentence = {
    added: t.watch.added,
    already: t.watch.already,
    removed: t.watch.removed,
    not_watched: t.watch.notWatched,
  };
  const text = sentence[kind](name, channel === undefined ? '' : channelLink(t, channel));
  return fitMessage({ text, blocks: [section(text)] });
}

function watchList(t: Catalogue, watches: readonly { taskName: string; channel: string; brokenBy: string | null }[]) {
  if (watches.length === 0) return textMessage({ t, text: t.watch.none });
  const rows = watches.slice(0, shownWatches).map(({ taskName, channel, brokenBy }) => {
    const row = t.watch.row(named(taskName), channelLink(t, channel));
    return brokenBy === null ? row : row + t.units.separator + t.watch.broken;
  });
  const more = watches.length - rows.length;
  return fitMessage({
    text: t.watch.heading,
    blocks: present([
      section(`*${t.watch.heading}*`),
      section(rows.join('\n')),
      more > 0 ? context(t.watch.more(more)) : null,
    ]),
  });
}

function taskRows(t: Catalogue, operation: CommandName, tasks: Task[]): KnownBlock[] {
  return tasks.slice(0, shownTasks).map((task, index) => {
    const details = [
      task.started ? t.answers.on : t.answers.off,
      progressText(t, task.progress),
      task.createdAt === null ? null : date(task.createdAt, t.dates.day, day(task.createdAt)),
    ].filter((part) => part !== null);
    return section(
      `*${named(task.name)}*\n${details.join(t.units.separator)}`,
      button(`pick:${index}`, t.buttons.choose, JSON.stringify({ op: operation, id: task.id }), {
        spoken: t.aria.choose(plainName(task.name)),
      }),
    );
  });
}

function aboutToDo(t: Catalogue, card: CardData): KnownBlock {
  const { task } = card;
  const left = leftOf(task);
  const field = (label: string, value: string) => markup(`*${label}*\n${value}`);
  return {
    type: 'section',
    fields: [
      field(t.preflight.left, left === null ? t.preflight.leftUnknown : t.units.number(left)),
      field(t.card.concurrency, t.units.calls(task.concurrency)),
      field(t.card.line, lineText(t, task.line, card.updatedAt)),
      field(t.card.script, scriptText(t, task.script)),
      field(t.card.quietHours, named(task.quietHours.name ?? task.quietHours.id)),
    ],
  };
}

function leftOf({ progress }: Task): number | null {
  return progress === null ? null : Math.max(0, progress.total - progress.done);
}

function itemText(t: Catalogue, item: PreflightCode, { task }: CardData): string {
  const quoted = (thing: { id: string; name: string | null }) => t.units.quote(named(thing.name ?? thing.id));
  switch (item) {
    case 'no_numbers':
    case 'already_started':
      return t.preflight[item]();
    case 'nothing_left':
      return t.preflight.nothing_left(t.units.number(task.progress?.total ?? 0));
    case 'script_deleted':
    case 'script_debug':
      return t.preflight[item](quoted(task.script));
    case 'line_gone':
      return t.preflight.line_gone(quoted(task.line));
    case 'line_expired': {
      const { expiresAt } = task.line;
      return t.preflight.line_expired(
        quoted(task.line),
        expiresAt === null ? '' : date(expiresAt, t.dates.day, day(expiresAt)),
      );
    }
    case 'rule_off':
      return t.preflight.rule_off(quoted(task.redialRule));
    case 'group_unusable':
      return t.preflight.group_unusable(task.agentGroup === null ? '' : quoted(task.agentGroup));
  }
}

import type { Button, HomeView, KnownBlock, SectionBlock } from '@slack/types';
import type { HomeData, Some } from '../../core/home/home-data.ts';
import type { LineStanding } from '../../core/lines/standing.ts';
import type { CardData } from '../../core/model/card.ts';
import type { KeptForm } from '../../core/model/form-memory.ts';
import type { ImportRun } from '../../core/model/import-run.ts';
import type { OpenAction } from '../../core/model/open-action.ts';
import { taskStates } from '../../core/model/reading.ts';
import { derivedOnce } from '../../core/tasks/derived.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { actionIds, panelId } from '../ids.ts';
import { alertRow } from './alert.ts';
import { continuing } from './forms.ts';
import { homeSchedules, undecidedRows } from './home-schedules.ts';
import { writeJson } from './json-value.ts';
import { fitHome } from './limits.ts';
import { freeText, termText } from './lines.ts';
import { date, named, person, plainName } from './mrkdwn.ts';
import { actions, button, context, present, section } from './parts.ts';
import { bar, evidenceText, glyphs, progressText, warning } from './state.ts';
import { stopInForceBlocks } from './stop.ts';

export interface HomeScreen extends HomeData {
  /** The slash command, with its slash. */
  command: string;
}

/** The app's Home: what needs this person, what runs, and where to go next. */
export function homeView(home: HomeScreen, t: Catalogue): HomeView {
  return fitHome({
    type: 'home',
    blocks: present([
      ...overview(home, t),
      ...needs(home, t),
      ...homeSchedules(home.schedules, t),
      ...tasks(t.home.mine, home.mine, t, home.readAt === null ? null : t.home.noneMine),
      ...tasks(t.home.others, home.others, t, null),
      ...drafts(home, t),
      ...listed(t.home.importing, home.importing ?? nothing, (run) => importRow(run, t), t),
      ...lines(home.lines, t),
      { type: 'divider' },
      { ...section(`*${t.home.yours}*\n${t.home.alertsHint}`, settingsButton(home.person, t)), block_id: 'yours' },
      context(t.home.language, t.home.hint(home.command)),
    ]),
  });
}

const nothing: Some<never> = { shown: [], more: 0 };

function overview({ counts, on, stop, readAt, staleSince }: HomeScreen, t: Catalogue): KnownBlock[] {
  const states = taskStates
    .filter((state) => counts[state] > 0)
    .map((state) => `${glyphs[state]} ${t.panel.count(counts[state], t.states[state])}`);
  const text = states.length > 0 ? states.join(t.units.separator) : t.panel.none;
  return present([
    ...(stop === null ? [] : stopInForceBlocks(stop, person(stop.person), t)),
    readAt === null && staleSince === null ? context(t.home.unread) : null,
    staleSince === null ? null : section(`${warning} ${t.home.stale(date(staleSince, t.dates.moment))}`),
    section(`*${t.panel.heading}* · ${t.home.on(on)}\n${text}`),
    actions('panel', [
      button(panelId('new'), t.buttons.newTask, 'new', { style: 'primary' }),
      button(panelId('import'), t.buttons.import, 'import'),
      button(panelId('list'), t.buttons.tasks, 'list'),
      button(panelId('lines'), t.buttons.lines, 'lines'),
      ...(on > 1 ? [button(actionIds.pauseAll, t.buttons.pauseAll, 'all', { style: 'danger' })] : []),
    ]),
  ]);
}

function needs({ unknown, halted, alerts, undecided, schedules }: HomeScreen, t: Catalogue): KnownBlock[] {
  const isWhole = unknown !== null && halted !== null && alerts !== null && undecided !== null;
  const rows = [
    ...(unknown?.shown ?? []).map((action) => unknownRow(action, t)),
    ...(halted?.shown ?? []).map((run) => haltedRow(run, t)),
    ...(alerts?.shown ?? []).map((alert, index) => alertRow(alert, index, t)),
    ...(schedules === null ? [] : undecidedRows('mine', undecided?.shown ?? [], schedules, t)),
  ];
  const more = [unknown, halted, alerts, undecided].reduce((sum, list) => sum + (list?.more ?? 0), 0);
  return present([
    { type: 'divider' },
    section(`*${t.home.needsMe}*`),
    ...rows,
    more > 0 ? context(t.home.more(more)) : null,
    rows.length === 0 && isWhole ? context(t.home.nothing) : null,
    isWhole ? null : context(`${warning} ${t.home.incomplete}`),
  ]);
}

function unknownRow({ kind, taskId, taskName, draft, sentAt }: OpenAction, t: Catalogue): SectionBlock {
  const name = taskName ?? draft?.name ?? taskId;
  const text = t.home.unknown[kind](`*${named(name)}*`, date(sentAt, t.dates.moment));
  const show = button(actionIds.showTask, t.buttons.show, taskId, { spoken: t.aria.show(plainName(name)) });
  // A task that may not exist yet has no id.
  return section(`${warning} ${text}`, taskId === '' ? undefined : show);
}

function haltedRow({ taskId, taskName, counts }: ImportRun, t: Catalogue): SectionBlock {
  const text = t.home.halted(`*${named(taskName)}*`, t.units.numbers(counts.ready));
  const spoken = t.units.labeled(t.home.decide, plainName(taskName));
  return section(
    `${warning} ${text}`,
    button(actionIds.showImports, t.home.decide, taskId, { style: 'primary', spoken }),
  );
}

function tasks(heading: string, list: Some<CardData>, t: Catalogue, none: string | null): KnownBlock[] {
  if (list.shown.length > 0) return listed(heading, list, (card) => taskRow(card, t), t);
  return none === null ? [] : [{ type: 'divider' }, section(`*${heading}*`), context(none)];
}

function listed<T>(
  heading: string,
  { shown, more }: Some<T>,
  row: (item: T) => KnownBlock,
  t: Catalogue,
): KnownBlock[] {
  if (shown.length === 0) return [];
  return present([
    { type: 'divider' },
    section(`*${heading}*`),
    ...shown.map(row),
    more > 0 ? context(t.home.more(more)) : null,
  ]);
}

/** Glyph and name, how far it is, and what its state rests on; and the one thing to do now. */
const taskRow = (card: CardData, t: Catalogue): SectionBlock => rowsIn(t)(card);

/** The same for everybody who sees the task, until the next reading. */
const rowsIn = derivedOnce((t: Catalogue) => derivedOnce((card: CardData): SectionBlock => rowOf(card, t)));

function rowOf(card: CardData, t: Catalogue): SectionBlock {
  const { task, state, evidence, endsAt } = card;
  const progress = progressText(task.progress, t);
  const drawn = task.progress === null || progress === null ? null : bar(task.progress.done, task.progress.total);
  const figures = [
    t.states[state],
    progress,
    endsAt === null || !task.started ? null : t.home.until(date(endsAt, t.dates.time)),
  ].filter((part) => part !== null);
  const standing = state === 'waiting' || state === 'awaiting_redial' ? evidenceText(evidence, t) : null;
  const lines = [
    `${glyphs[state]} *${named(task.name)}*`,
    [drawn, figures.join(t.units.separator)].filter((part) => part !== null).join(' '),
    standing,
  ].filter((line) => line !== null);
  return section(lines.join('\n'), leverOf(card, t));
}

function leverOf({ task }: CardData, t: Catalogue): Button {
  const name = plainName(task.name);
  if (task.started) return button(actionIds.pauseTask, t.buttons.pause, task.id, { spoken: t.aria.pause(name) });
  return button(actionIds.startTask, t.buttons.start, task.id, { style: 'primary', spoken: t.aria.start(name) });
}

/** Forms that were not submitted, and tasks without numbers: what a person has begun. */
function drafts({ kept, drafts: tasks }: HomeScreen, t: Catalogue): KnownBlock[] {
  const rows = [
    ...(kept ?? nothing).shown.map((form) => keptRow(form, t)),
    ...tasks.shown.map((card) => draftRow(card, t)),
  ];
  return listed(t.home.drafts, { shown: rows, more: (kept?.more ?? 0) + tasks.more }, (row) => row, t);
}

function keptRow(form: KeptForm, t: Catalogue): SectionBlock {
  const { raw, savedAt, task } = form;
  const name = raw.name.trim() === '' ? t.form.unnamed : raw.name;
  const spoken = t.units.labeled(t.form.takeUp, plainName(name));
  const takeUp = button(actionIds.openForm, t.form.takeUp, continuing(form), { spoken });
  const at = date(savedAt, t.dates.moment);
  return section(
    `${glyphs.draft} *${named(name)}*${t.units.separator}${task === null ? t.home.kept(at) : t.home.keptEdit(at)}`,
    takeUp,
  );
}

function draftRow({ task }: CardData, t: Catalogue): SectionBlock {
  const name = plainName(task.name);
  const add = button(actionIds.openImport, t.buttons.import, task.id, { spoken: t.aria.import(name) });
  return section(
    `${glyphs.draft} *${named(task.name)}*${t.units.separator}${t.states.draft}${t.units.separator}${t.home.draft}`,
    add,
  );
}

function importRow({ taskId, taskName, counts, createdAt, state }: ImportRun, t: Catalogue): SectionBlock {
  const runs = t.home.importRuns(t.units.numbers(counts.ready), date(createdAt, t.dates.moment));
  const spoken = t.aria.show(plainName(taskName));
  return section(
    `*${named(taskName)}*${t.units.separator}${t.imports.runStates[state]}${t.units.separator}${runs}`,
    button(actionIds.showImports, t.buttons.show, taskId, { spoken }),
  );
}

function lines({ shown, more }: Some<LineStanding>, t: Catalogue): KnownBlock[] {
  if (shown.length === 0) return [];
  const texts = shown.map((line) =>
    [`*${named(line.name)}*`, freeText(line, t), t.home.on(line.on), termText(line, t)]
      .filter((part) => part !== null)
      .join(t.units.separator),
  );
  return [
    { type: 'divider' },
    section(`*${t.home.lines}*`),
    section([...texts, ...(more > 0 ? [t.home.more(more)] : [])].join('\n')),
  ];
}

function settingsButton(person: string, t: Catalogue): Button {
  return button(actionIds.openForm, t.home.myAlerts, writeJson({ form: 'notices', place: person }));
}

import type { CardFilter } from '../../core/tasks/filter.ts';
import type { ListSort } from '../../core/tasks/sort.ts';
import { counted, grouped } from '../format.ts';

/** The list of tasks. */
export const list = {
  heading: (total: number) => `*Tasks* · ${grouped(total)}`,
  filtered: (filter: string, total: number) => `*Tasks* · ${filter} · ${grouped(total)}`,
  search: (text: string) => `matching ${text}`,
  summary: (total: number) => counted(total, 'task', 'tasks'),
  all: 'All',
  filters: {
    running: 'Running',
    dialing: 'Dialing',
    waiting: 'Waiting',
    stalled: 'Stalled',
    redial: 'Awaiting redial',
    paused: 'Paused',
    draft: 'Draft',
    done: 'Finished',
  } satisfies Record<CardFilter, string>,
  /** Chooses which tasks are listed. */
  show: 'Show',
  mine: 'Mine',
  /** Instead of the button above, while only those are listed. */
  everyones: "Everyone's",
  /** Chooses the order. */
  sort: 'Sort by',
  sorts: {
    usual: 'What needs attention',
    name: 'Name',
    state: 'State',
    progress: 'Progress',
    created: 'Newest',
    left: 'Numbers left',
  } satisfies Record<ListSort, string>,
  reverse: 'Reverse',
  reversed: 'reversed',
  footer: (page: number, pages: number, at: string) => `Page ${grouped(page)} of ${grouped(pages)} · read ${at}`,
  numbersHint: 'Refer to a task by its number in this list, for example `show 3`.',
  empty: 'There are no tasks yet. Create one with the `new` command.',
  noMatch: 'No tasks match. Choose *All*, or search for part of the name.',
  /** Of the table; the names of its columns follow. */
  caption: (total: number) => `Tasks (${grouped(total)})`,
  number: 'No.',
  task: 'Task',
  state: 'State',
  progress: 'Progress',
  left: 'Left',
  line: 'Line',
  created: 'Created',
  action: 'Action',
  details: 'Card',
};

/** Choosing several tasks of the list. */
export const selection = {
  /** On the button in the list. */
  open: 'Select…',
  intro: 'Choose tasks of this list. Pausing acts at once; starting asks first.',
  more: (shown: number, total: number) =>
    `${grouped(shown)} of ${grouped(total)} are listed here. Narrow the list by state or name, or turn its pages, for others.`,
  tasks: (first: number, last: number) => `Tasks ${grouped(first)} to ${grouped(last)}`,
  all: 'Select all',
  none: 'Select none',
  pause: 'Pause selected',
  start: 'Start selected…',
  nothing: 'Select at least one task.',
  tooMany: (max: number) => `At most ${grouped(max)} tasks are started together. Select fewer.`,
  noneLeft: 'All of the selected tasks are on already.',
  /** Begins a sentence. */
  chosen: 'The selected tasks',
};

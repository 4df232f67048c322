import { alerts } from './en/alerts.ts';
import { board } from './en/board.ts';
import { channels } from './en/channels.ts';
import { commands } from './en/commands.ts';
import { errors, issues } from './en/errors.ts';
import { choices, fields, form } from './en/form.ts';
import { home } from './en/home.ts';
import { importOrder } from './en/import-order.ts';
import { doNotCall, imports } from './en/imports.ts';
import { launch } from './en/launch.ts';
import { lines } from './en/lines.ts';
import { list, selection } from './en/list.ts';
import { listWarnings } from './en/list-warnings.ts';
import { answers, card, notices, panel, pauseMany, watch } from './en/messages.ts';
import { deletion, difference, problem, results, unknown, waiting } from './en/modals.ts';
import { otherVersion } from './en/other-version.ts';
import { estimate, preflight, repair } from './en/preflight.ts';
import { quiet } from './en/quiet.ts';
import { refusals } from './en/refusals.ts';
import { digest, history, report } from './en/report.ts';
import { schedule } from './en/schedule.ts';
import { settled } from './en/settled.ts';
import { startMany } from './en/start-many.ts';
import { stop } from './en/stop.ts';
import { subscriptions } from './en/subscriptions.ts';
import { actions, aria, buttons, dates, evidence, states, titles, units } from './en/words.ts';
import { work } from './en/work.ts';

/** English: the reference for all keys. The other languages are checked against it. */
export const en = {
  actions,
  alerts,
  answers,
  aria,
  board,
  buttons,
  card,
  channels,
  choices,
  commands,
  dates,
  deletion,
  difference,
  digest,
  errors,
  estimate,
  evidence,
  fields,
  form,
  history,
  home,
  importOrder,
  imports,
  doNotCall,
  issues,
  launch,
  lines,
  list,
  listWarnings,
  notices,
  otherVersion,
  panel,
  pauseMany,
  preflight,
  problem,
  quiet,
  refusals,
  repair,
  report,
  results,
  schedule,
  selection,
  settled,
  startMany,
  states,
  stop,
  subscriptions,
  titles,
  units,
  unknown,
  waiting,
  watch,
  work,
};

/**
 * The shape of every language: English with its literal types widened, so that the compiler checks that every other
 * language has the same keys, and every function the same parameters.
 *
 * Two conventions hold everywhere: numbers and durations are passed raw and formatted here, per language; text from
 * people and from the platform is passed ready to insert (already escaped where markup is rendered).
 */
export type Catalogue = Widened<typeof en>;

type Widened<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : T extends readonly string[]
      ? readonly string[]
      : { readonly [K in keyof T]: Widened<T[K]> };

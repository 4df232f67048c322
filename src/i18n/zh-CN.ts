import type { Catalogue } from './en.ts';
import { alerts } from './zh-CN/alerts.ts';
import { board } from './zh-CN/board.ts';
import { channels } from './zh-CN/channels.ts';
import { commands } from './zh-CN/commands.ts';
import { errors, issues } from './zh-CN/errors.ts';
import { choices, fields, form } from './zh-CN/form.ts';
import { home } from './zh-CN/home.ts';
import { importOrder } from './zh-CN/import-order.ts';
import { doNotCall, imports } from './zh-CN/imports.ts';
import { launch } from './zh-CN/launch.ts';
import { lines } from './zh-CN/lines.ts';
import { list, selection } from './zh-CN/list.ts';
import { listWarnings } from './zh-CN/list-warnings.ts';
import { answers, card, notices, panel, pauseMany, watch } from './zh-CN/messages.ts';
import { deletion, difference, problem, results, unknown, waiting } from './zh-CN/modals.ts';
import { otherVersion } from './zh-CN/other-version.ts';
import { estimate, preflight, repair } from './zh-CN/preflight.ts';
import { quiet } from './zh-CN/quiet.ts';
import { refusals } from './zh-CN/refusals.ts';
import { digest, history, report } from './zh-CN/report.ts';
import { schedule } from './zh-CN/schedule.ts';
import { settled } from './zh-CN/settled.ts';
import { startMany } from './zh-CN/start-many.ts';
import { stop } from './zh-CN/stop.ts';
import { subscriptions } from './zh-CN/subscriptions.ts';
import { actions, aria, buttons, dates, evidence, states, titles, units } from './zh-CN/words.ts';
import { work } from './zh-CN/work.ts';

/** Simplified Chinese. */
export const zhCN: Catalogue = {
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

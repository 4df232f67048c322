import type { CommandName } from '../command-words.ts';
import { digest } from './digest.ts';
import { dnc } from './dnc.ts';
import { edit, importNumbers, remove } from './forms.ts';
import { help } from './help.ts';
import { history } from './history.ts';
import { imports } from './imports.ts';
import { lines } from './lines.ts';
import { list } from './list.ts';
import { newTask } from './new.ts';
import { panel } from './panel.ts';
import { quiet } from './quiet.ts';
import { report } from './report.ts';
import { schedule } from './schedule.ts';
import { show } from './show.ts';
import { pause, start } from './start-pause.ts';
import { panic, resume } from './stop.ts';
import type { Subcommand } from './subcommand.ts';
import { mute, unwatch, watch } from './watch.ts';

/** The handler of every sub-command; the words themselves are in ../command-words.ts. */
export const subcommands: Record<CommandName | 'panel', Subcommand> = {
  panel,
  new: newTask,
  list,
  show,
  edit,
  start,
  pause,
  panic,
  resume,
  delete: remove,
  import: importNumbers,
  imports,
  dnc,
  watch,
  unwatch,
  mute,
  quiet,
  schedule,
  lines,
  report,
  digest,
  history,
  help,
};

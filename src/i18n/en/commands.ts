/**
 * Each command's word (in Chinese its alias), its arguments, what it does, and examples to paste; the examples leave
 * out the root command. `{task}`, `{line}`, `{group}` and `{channel}` stand for names of this account and workspace.
 */
export const commands = {
  new: {
    word: 'new',
    args: '[name] [--from <task>]',
    hint: 'Create a calling task',
    examples: ['new', 'new Spring renewal', 'new --from 3'],
  },
  list: {
    word: 'list',
    args: '[running | paused | waiting | stalled | done] [mine] [text]',
    hint: 'List tasks, to sort, filter and act on',
    examples: ['list', 'list running', 'list mine paused', 'list {task}'],
  },
  show: {
    word: 'show',
    args: '<task>',
    hint: "Show a task's card, visible only to you",
    examples: ['show 3', 'show {task}'],
  },
  edit: {
    word: 'edit',
    args: '<task>',
    hint: 'Edit a task; review the changes before saving',
    examples: ['edit 3'],
  },
  start: {
    word: 'start',
    args: '<task… | mine | line … | name …>',
    hint: 'Check tasks, then start calling; several after one question',
    examples: ['start 3', 'start 1-5', 'start line {line}'],
  },
  pause: {
    word: 'pause',
    args: '<task… | all | mine | line … | name …>',
    hint: 'Stop calling immediately',
    examples: ['pause 3', 'pause {task}', 'pause line {line}', 'pause all running'],
  },
  panic: {
    word: 'panic',
    args: '',
    hint: 'Stop all calling at once; nothing is started until you resume it',
    examples: ['panic'],
  },
  resume: {
    word: 'resume',
    args: '',
    hint: 'After an emergency stop: start the tasks that it paused, in their order',
    examples: ['resume'],
  },
  delete: {
    word: 'delete',
    args: '<task>',
    hint: 'Delete a paused task; type its name to confirm',
    examples: ['delete 3'],
  },
  import: {
    word: 'import',
    args: '[task]',
    hint: 'Add numbers from a file or pasted text',
    examples: ['import', 'import 3'],
  },
  imports: {
    word: 'imports',
    args: '[task]',
    hint: 'List imports; resume or end one',
    examples: ['imports', 'imports 3'],
  },
  dnc: {
    word: 'dnc',
    args: 'add <numbers> | remove <numbers> | import | count',
    hint: 'Change the do-not-call list',
    examples: ['dnc add 138 0013 8000', 'dnc import', 'dnc count'],
  },
  watch: {
    word: 'watch',
    args: '<task | all | mine | line … | name …> [to #channel | to me] | list | test | settings',
    hint: 'Watch tasks in a channel, or have messages sent to you',
    examples: [
      'watch 3',
      'watch all',
      'watch 3 to #{channel}',
      'watch mine to me',
      'watch line {line}',
      'watch name {task}',
      'watch list',
      'watch test',
      'watch settings',
    ],
  },
  unwatch: {
    word: 'unwatch',
    args: '<task | all | mine | line … | name …> [in #channel | for me]',
    hint: 'Stop watching tasks',
    examples: ['unwatch 3', 'unwatch all', 'unwatch mine for me'],
  },
  mute: {
    word: 'mute',
    args: '<time> | off',
    hint: 'Post no messages here for a while; cards stay up to date',
    examples: ['mute 2h', 'mute 30 min', 'mute off'],
  },
  quiet: {
    word: 'quiet',
    args: '[group] [hours]',
    hint: 'List quiet-hours groups, or enter the hours of one',
    examples: ['quiet', 'quiet {group} 12:00–13:30', 'quiet {group} Mon–Fri 21:00–08:30; Sat, Sun 00:00–24:00'],
  },
  schedule: {
    word: 'schedule',
    args: '[task]',
    hint: 'Start and pause a task by the clock; list what is due',
    examples: ['schedule', 'schedule 3'],
  },
  lines: {
    word: 'lines',
    args: '[line]',
    hint: 'Show who holds which line, and move concurrency between tasks',
    examples: ['lines', 'lines {line}'],
  },
  report: {
    word: 'report',
    args: '[today | yesterday | week | last week] [task]',
    hint: 'What was dialed, finished, changed and imported, and where it stood still',
    examples: ['report', 'report yesterday', 'report week', 'report week 3'],
  },
  digest: {
    word: 'digest',
    args: '<time> [days] [in #channel | for me] | off | show',
    hint: 'Post a report in a channel every day',
    examples: ['digest 18:30', 'digest 9am weekdays', 'digest 18:30 for me', 'digest off', 'digest show'],
  },
  history: {
    word: 'history',
    args: '<task>',
    hint: 'What happened to a task, the latest first',
    examples: ['history 3', 'history {task}'],
  },
  help: { word: 'help', args: '[command]', hint: 'Show this help', examples: ['help', 'help import'] },
};

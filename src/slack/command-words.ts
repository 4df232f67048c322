import { typosBetween } from '../core/text/edit-distance.ts';
import { readStopping } from '../core/text/stopping.ts';
import { en } from '../i18n/en.ts';

export const commandNames = [
  'new',
  'list',
  'show',
  'edit',
  'start',
  'pause',
  'panic',
  'resume',
  'delete',
  'import',
  'imports',
  'dnc',
  'watch',
  'unwatch',
  'mute',
  'quiet',
  'schedule',
  'lines',
  'report',
  'digest',
  'history',
  'help',
] as const;
export type CommandName = (typeof commandNames)[number];

export interface CommandSpec {
  name: CommandName;
  /** Other words for the same command, in Chinese first. */
  aliases: readonly string[];
  /** The arguments in English, as the app's manifest shows them; people read `t.commands[name].args`. */
  args: string;
}

/** The sub-commands as data: router, help and manifest are derived from it. */
export const commands: readonly CommandSpec[] = [
  { name: 'new', aliases: ['新建'], args: en.commands.new.args },
  { name: 'list', aliases: ['列表'], args: en.commands.list.args },
  { name: 'show', aliases: ['查看', '状态', '进度', 'status', 'progress'], args: en.commands.show.args },
  { name: 'edit', aliases: ['修改'], args: en.commands.edit.args },
  { name: 'start', aliases: ['启动', '开始'], args: en.commands.start.args },
  // People who want calls to stop type the first word that comes to mind; "stop" must never get "did you mean start?".
  { name: 'pause', aliases: ['暂停', '停止', 'stop'], args: en.commands.pause.args },
  { name: 'panic', aliases: ['急停', '紧急停止'], args: en.commands.panic.args },
  { name: 'resume', aliases: ['恢复', '恢复外呼'], args: en.commands.resume.args },
  { name: 'delete', aliases: ['删除'], args: en.commands.delete.args },
  { name: 'import', aliases: ['导入'], args: en.commands.import.args },
  { name: 'imports', aliases: ['导入记录'], args: en.commands.imports.args },
  { name: 'dnc', aliases: ['禁拨', '禁拨名单'], args: en.commands.dnc.args },
  { name: 'watch', aliases: ['订阅'], args: en.commands.watch.args },
  { name: 'unwatch', aliases: ['退订'], args: en.commands.unwatch.args },
  { name: 'mute', aliases: ['静音'], args: en.commands.mute.args },
  { name: 'quiet', aliases: ['禁呼', '禁呼时段'], args: en.commands.quiet.args },
  { name: 'schedule', aliases: ['定时', '排期', '定时任务'], args: en.commands.schedule.args },
  { name: 'lines', aliases: ['线路'], args: en.commands.lines.args },
  { name: 'report', aliases: ['报告', '报表'], args: en.commands.report.args },
  { name: 'digest', aliases: ['日报', '每日摘要'], args: en.commands.digest.args },
  { name: 'history', aliases: ['历史', '历史记录'], args: en.commands.history.args },
  { name: 'help', aliases: ['帮助'], args: en.commands.help.args },
];

/** What stands for the bare command where there must be a word. */
export const barePanel = 'panel';

/** Words for the panel, which the bare command opens as well. */
const panelWords: readonly string[] = [barePanel, '面板'];

/** Short for `new --from`. */
const copyWords: readonly string[] = ['copy', 'clone', '复制'];

export type ParsedCommand =
  /** `glued`: the Chinese word that the rest follows without a blank. What was typed may be the name of a task. */
  { name: CommandName | 'panel'; rest: string; glued?: string } | { unknown: string; suggestion: CommandName | null };

/**
 * What a person typed after the root command, after a mention or in the direct messages: the first word is the command,
 * `rest` everything after it, trimmed. Chinese is written without blanks, so a Chinese word may also be followed by the
 * rest at once. An unknown word comes with the command it most likely means, if there is one.
 */
export function parseCommand(text: string): ParsedCommand {
  const typed = text.trim();
  const stopping = readStopping(typed, stoppingNames);
  if (stopping !== null) return stopping;
  const [, word = '', rest = ''] = /^(\S*)\s*([\s\S]*)$/.exec(typed) ?? [];
  const lower = word.toLowerCase();
  if (lower === '' || panelWords.includes(lower)) return { name: 'panel', rest };
  if (copyWords.includes(lower)) return copyOf(rest);
  const name = findCommand(lower);
  if (name !== null) return { name, rest };
  const glued = gluedWords.find((known) => typed.startsWith(known));
  if (glued === undefined) return { unknown: word, suggestion: suggestionFor(lower) };
  const behind = typed.slice(glued.length).replace(/^[\s:：,，]+/, '');
  const known = findCommand(glued);
  return { ...(known === null ? copyOf(behind) : { name: known, rest: behind }), glued };
}

const copyOf = (rest: string): { name: 'new'; rest: string } => ({ name: 'new', rest: rest && `--from ${rest}` });

/** The Chinese words, a longer one before its beginning. */
const gluedWords: readonly string[] = [...commands.flatMap(({ aliases }) => aliases), ...copyWords]
  .filter((word) => /^\p{Script=Han}/u.test(word))
  .sort((a, b) => b.length - a.length);

const namesOf = (command: CommandName): string[] =>
  commands.flatMap(({ name, aliases }) => (name === command ? [name, ...aliases] : []));
const stoppingNames = { pause: namesOf('pause'), panic: namesOf('panic') };

/** The command with this name or alias; null when there is none. */
export function findCommand(word: string): CommandName | null {
  const lower = word.trim().toLowerCase();
  return commands.find((spec) => spec.name === lower || spec.aliases.includes(lower))?.name ?? null;
}

/** A longer word was not meant to be a command, and comparing it letter by letter takes its time. */
const maxMistypedLength = 40;

/** The command that the word abbreviates, or that is a typo or two away. */
function suggestionFor(word: string): CommandName | null {
  if (word.length > maxMistypedLength) return null;
  const begun = commands.filter((spec) => spec.name.startsWith(word) && word.length > 1);
  const [shortest] = begun.toSorted((a, b) => a.name.length - b.name.length);
  if (shortest && begun.every((spec) => spec.name.startsWith(shortest.name))) return shortest.name;
  const allowed = word.length <= 4 ? 1 : 2;
  const near = commands
    .flatMap((spec) =>
      [spec.name, ...spec.aliases].map((known) => ({ name: spec.name, typos: typosBetween(word, known) })),
    )
    .filter(({ typos }) => typos <= allowed)
    .sort((a, b) => a.typos - b.typos);
  return near[0]?.name ?? null;
}

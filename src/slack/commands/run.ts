import { plainOf } from '../../core/tasks/plain-text.ts';
import { meantBy } from '../../core/text/search.ts';
import type { Interaction } from '../bolt/interaction.ts';
import { runnable, typedText } from '../bolt/typed.ts';
import { readTarget } from '../bolt/typed-target.ts';
import { type ParsedCommand, parseCommand } from '../command-words.ts';
import type { SlackDeps } from '../deps.ts';
import { showTask } from '../flows/show-task.ts';
import { findAnyway, whichTask } from '../flows/which-task.ts';
import { inPassingMessage, type RunnableWords, unknownCommandMessage } from '../views/answers.ts';
import { startAsking } from './start-pause.ts';
import { subcommands } from './table.ts';

type Known = Extract<ParsedCommand, { name: unknown }>;

/**
 * Does what a person typed: behind the slash command, after a mention, in the direct messages, or by the button of a
 * suggestion. Where it is no command, it may be the name of a task, which is shown.
 * @param raw as Slack delivered it.
 */
export async function runWords(deps: SlackDeps, interaction: Interaction, raw: string): Promise<void> {
  const text = typedText(raw);
  const parsed = parseCommand(text);
  if ('name' in parsed && !(parsed.glued !== undefined && isPartOfName(deps, text))) {
    return runKnown(deps, interaction, parsed, raw);
  }
  if (await showNamed(deps, interaction, text, parsed)) return;
  if ('name' in parsed) return runKnown(deps, interaction, parsed, raw);
  const { t, command } = interaction;
  const { unknown: word, suggestion } = parsed;
  const meant = suggestion === null ? null : offerOf(`${t.commands[suggestion].word} ${behindWord(raw)}`);
  await interaction.answer(unknownCommandMessage({ command, word, suggestion, meant }, t));
}

/** What stops calls, and is carried out wherever it is said. */
const stopping: ReadonlySet<string> = new Set(['pause', 'panic']);

/** Words that stand within a sentence: a pause is carried out, anything else only by the button that this offers. */
export async function runInPassing(deps: SlackDeps, interaction: Interaction, raw: string): Promise<void> {
  const parsed = parseCommand(typedText(raw));
  const offer = 'name' in parsed && !stopping.has(parsed.name) ? offerOf(raw) : null;
  if (offer === null) return runWords(deps, interaction, raw);
  await interaction.answer(inPassingMessage(offer, interaction.t));
}

async function runKnown(deps: SlackDeps, interaction: Interaction, parsed: Known, raw: string): Promise<void> {
  const { name, rest, glued } = parsed;
  // Without a blank it may have been meant otherwise, and nobody is called on a guess.
  const starts = name === 'start' || (name === 'resume' && rest !== '');
  if (starts && glued !== undefined) return startAsking(deps, interaction, rest);
  const behind = glued === undefined ? behindWord(raw) : raw.trim().slice(glued.length).trim();
  await subcommands[name](deps, interaction, rest, readTarget(behind));
}

/** Whether a task has what was typed in its name; by the last poll, whatever its age. */
function isPartOfName({ finder }: SlackDeps, text: string): boolean {
  return meantBy(finder.known(), ({ task }) => plainOf(task), text).length > 0;
}

/** Shows the task of that name, or asks which. False when there is none, or the platform does not say. */
async function showNamed(
  deps: SlackDeps,
  interaction: Interaction,
  ref: string,
  parsed: ParsedCommand,
): Promise<boolean> {
  const { person } = interaction;
  // A typing error must not wait for the platform.
  const isLikelyTypo = 'unknown' in parsed && parsed.suggestion !== null;
  const { found, isOut } = isLikelyTypo
    ? { found: await deps.finder.findAtHand(person, ref), isOut: false }
    : await findAnyway(deps, person, ref).catch(() => ({ found: null, isOut: true }));
  if (found === null || found.kind === 'none') return false;
  if (found.kind === 'one') await showTask(deps, interaction, found.task.id, isOut);
  else await interaction.answer(whichTask(deps, found, { ref, operation: 'show' }, interaction.t));
  return true;
}

/** What follows the command word, as Slack delivered it. */
const behindWord = (raw: string): string => raw.trim().replace(/^\S+/, '').trim();

/** A button that runs these words; null for those that do not fit into one. */
function offerOf(raw: string): RunnableWords | null {
  const words = runnable(raw);
  return words === null ? null : { label: typedText(words), words };
}

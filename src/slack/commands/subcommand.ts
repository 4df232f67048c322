import type { Interaction } from '../bolt/interaction.ts';
import type { Target } from '../bolt/typed-target.ts';
import type { SlackDeps } from '../deps.ts';

/**
 * What one word after the slash command does. `rest` is what follows the word, unescaped and trimmed; `target` is
 * the same as the name of a task and a place, for words that take one.
 */
export type Subcommand = (deps: SlackDeps, interaction: Interaction, rest: string, target?: Target) => Promise<void>;

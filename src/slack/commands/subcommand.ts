import type { Interaction } from '../bolt/interaction.ts';
import type { SlackDeps } from '../deps.ts';

/** What one word after the slash command does. `rest` is the text after the word, unescaped and trimmed. */
export type Subcommand = (deps: SlackDeps, interaction: Interaction, rest: string) => Promise<void>;

import type { Interaction } from '../bolt/interaction.ts';
import type { SlackDeps } from '../deps.ts';
import { linesMessage } from '../views/lines.ts';
import type { Subcommand } from './subcommand.ts';

/** `lines [line]` */
export const lines: Subcommand = (deps, interaction, rest) => showLines(deps, interaction, { page: 1, text: rest });

/** Who holds which line: one page, or the line that was asked for. */
export async function showLines(
  { lines }: Pick<SlackDeps, 'lines'>,
  { t, replace }: Pick<Interaction, 't' | 'replace'>,
  asked: { page: number; text: string },
): Promise<void> {
  await replace(linesMessage({ ...asked, board: await lines.board() }, t));
}

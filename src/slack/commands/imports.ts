import { listImports } from '../flows/import-runs.ts';
import type { Subcommand } from './subcommand.ts';

/** `imports [task]`: what was imported, what goes on, and what waits for a decision. */
export const imports: Subcommand = (deps, interaction, rest) => listImports(deps, interaction, rest);

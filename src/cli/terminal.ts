import type { GivenSettings } from '../settings/environment.ts';
import type { Caution } from '../settings/exposure.ts';
import type { Program } from './program.ts';

/** What a command is given: nothing else reads the environment or writes to the terminal. */
export interface Terminal extends GivenSettings {
  /** What to point out about `.env`. */
  ofEnvFile: readonly Caution[];
  program: Program;
  /** The process that ends with this one (`launcherOf`). */
  launcher: number | null;
  /** One line, or several, for what was asked. */
  say(text: string): void;
  /** The same for everything that is not the result itself. */
  complain(text: string): void;
}

/** What follows the name of a command. */
export interface Given {
  flags: Readonly<Record<string, string | boolean | undefined>>;
  words: readonly string[];
}

/** Resolves with the exit status; null: the process goes on. */
export type Run = (given: Given, terminal: Terminal) => Promise<number | null>;

#!/usr/bin/env node
import { runCommand } from './cli/commands.ts';
import { launcherOf } from './cli/launcher.ts';
import { programAt } from './cli/program.ts';
import { loadEnvFile } from './settings/env-file.ts';
import { withSecretFiles } from './settings/environment.ts';

/** The program: hands the environment and the command line to a command. */

const launcher = launcherOf(process.env);
const ofEnvFile = loadEnvFile(process.env);
const [, script = '', ...given] = process.argv;
const code = await runCommand(given, {
  ...(await withSecretFiles(process.env)),
  ofEnvFile,
  program: programAt(script, { workingDirectory: process.cwd(), path: process.env.PATH ?? '' }),
  launcher,
  say: (text) => void process.stdout.write(`${text}\n`),
  complain: (text) => void process.stderr.write(`${text}\n`),
});
// A bot that was started goes on; every other command is over, whatever it has left open.
if (code !== null) process.exit(code);

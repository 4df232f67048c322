import { writeFile } from 'node:fs/promises';
import { fileTroubleWords } from '../file-trouble.ts';
import { explainFaults, readSome } from '../settings/config.ts';
import { valueIn } from '../settings/environment.ts';
import { settings } from '../settings/settings.ts';
import { manifestOf } from '../slack/manifest.ts';
import type { Run } from './terminal.ts';

/** Slack fills in the manifest from this address (docs.slack.dev, Sharing manifests). */
const newApp = 'https://api.slack.com/apps?new_app=1&manifest_json=';

/**
 * The manifest for the slash command in SLACK_COMMAND, on stdout or in a file; the link is not part of it. For HTTP mode
 * where an address is given by `--http` or PUBLIC_URL and no app-level token chooses Socket Mode.
 */
export const manifest: Run = async ({ flags }, terminal) => {
  const { environment, say, complain, program } = terminal;
  const read = readSome(terminal, ['SLACK_COMMAND', 'PUBLIC_URL']);
  if (!read.ok) {
    complain(explainFaults(read.faults, program));
    return 1;
  }
  const { SLACK_COMMAND: command, PUBLIC_URL: address } = read.values;
  const asked = settings.PUBLIC_URL.rule.safeParse(flags.http);
  if (!asked.success) {
    complain(`--http ${asked.error.issues[0]?.message}`);
    return 1;
  }
  const usesSockets = valueIn(environment, 'SLACK_APP_TOKEN') !== undefined;
  const publicUrl = asked.data ?? (usesSockets ? null : (address ?? null));
  if (address !== undefined && publicUrl === null) {
    complain('This is the manifest for Socket Mode, because SLACK_APP_TOKEN is set: PUBLIC_URL is not used.');
  }
  const content = manifestOf({ command, publicUrl });
  const text = JSON.stringify(content, null, 2);
  if (flags.out === undefined) say(text);
  else {
    const file = String(flags.out);
    const failure = await writeFile(file, `${text}\n`).then(() => null, fileTroubleWords);
    if (failure !== null) {
      complain(`${file} cannot be written: ${failure}`);
      return 1;
    }
  }
  complain(`Create the app with this manifest: ${newApp}${encodeURIComponent(JSON.stringify(content))}`);
  return 0;
};

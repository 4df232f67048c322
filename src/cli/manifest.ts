import { writeFile } from 'node:fs/promises';
import { settings } from '../settings.ts';
import { manifestOf } from '../slack/manifest.ts';
import type { Run } from './terminal.ts';

/** Slack fills in the manifest from this address (docs.slack.dev, Sharing manifests). */
const newApp = 'https://api.slack.com/apps?new_app=1&manifest_json=';

/** The manifest for the slash command in SLACK_COMMAND, on stdout or in a file; the link is not part of it. */
export const manifest: Run = async ({ flags }, { environment, say, complain }) => {
  const command = settings.SLACK_COMMAND.rule.safeParse(environment.SLACK_COMMAND?.trim() || undefined);
  if (!command.success) {
    complain(`SLACK_COMMAND ${command.error.issues[0]?.message ?? 'is invalid'}`);
    return 1;
  }
  const publicUrl = flags.http === undefined ? null : originOf(String(flags.http));
  if (publicUrl === undefined) {
    complain('--http must be the public address of the bot, such as https://dialdeck.example.com, without a path');
    return 1;
  }
  const content = manifestOf({ command: command.data, publicUrl });
  const text = JSON.stringify(content, null, 2);
  if (flags.out === undefined) say(text);
  else await writeFile(String(flags.out), `${text}\n`);
  complain(`Create the app with this manifest: ${newApp}${encodeURIComponent(JSON.stringify(content))}`);
  return 0;
};

/** The address without a slash at its end; undefined when it is none that Slack would send to. */
function originOf(address: string): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url?.protocol === 'https:' && url.pathname === '/' && url.username === '' ? url.origin : undefined;
}

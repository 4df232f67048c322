import { mkdir, writeFile } from 'node:fs/promises';
import { loadEnvFile } from './env-file.ts';
import { settings } from './settings.ts';
import { manifestOf } from './slack/manifest.ts';

/** `npm run manifest`: writes the two manifests for the slash command in SLACK_COMMAND. */

loadEnvFile();
const command = settings.SLACK_COMMAND.rule.safeParse(process.env.SLACK_COMMAND?.trim() || undefined);
if (!command.success) {
  console.error(`SLACK_COMMAND ${command.error.issues[0]?.message ?? 'is invalid'}`);
  process.exit(1);
}
const files = {
  'slack.json': manifestOf({ command: command.data, publicUrl: null }),
  'slack.http.json': manifestOf({ command: command.data, publicUrl: 'https://dialdeck.example.com' }),
};
await mkdir('manifests', { recursive: true });
for (const [name, manifest] of Object.entries(files)) {
  await writeFile(`manifests/${name}`, `${JSON.stringify(manifest, null, 2)}\n`);
  console.log(`manifests/${name} written for ${command.data}`);
}

import { z } from 'zod';
import type { Interaction } from '../bolt/interaction.ts';
import type { NamedFile } from '../bolt/private-data.ts';
import type { SlackDeps } from '../deps.ts';
import { plainName } from '../views/mrkdwn.ts';
import { openForm } from './open-form.ts';

/** As many as fit, with their names, into the value of a button. */
const maxFiles = 8;
const maxNameLength = 60;

const files = z
  .array(
    z.object({
      id: z.string().min(1).max(100),
      name: z.string().nullish(),
      title: z.string().nullish(),
      mimetype: z.string().nullish(),
    }),
  )
  .catch([]);

/** The files of a message, by what Slack says of them; sounds, films and pictures are never lists. */
export function filesIn(given: unknown): NamedFile[] {
  return files
    .parse(given)
    .filter(({ mimetype }) => !/^(?:image|audio|video)\//.test(mimetype ?? ''))
    .slice(0, maxFiles)
    .map(({ id, name, title }) => ({ id, name: plainName(name || title || id, maxNameLength) }));
}

/** Opens the import form for the files of a message; the only task that the channel watches is chosen to begin with. */
export async function importFiles(deps: SlackDeps, interaction: Interaction, shared: NamedFile[]): Promise<void> {
  const watched = await deps.watches.of(interaction.channel).catch(() => []);
  const [only, another] = watched;
  const suggested = only !== undefined && another === undefined ? only.taskId : undefined;
  await openForm(deps, interaction, {
    form: 'import',
    files: shared,
    ...(suggested !== undefined && { suggested }),
  });
}

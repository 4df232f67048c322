import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Archive, buildArchive, copyProject } from '../release/archive.ts';

export const oneMore = '9999-one-more';

/** Builds the archive of a later version of this project: with one more migration, which adds a column. */
export async function buildNextRelease(version: string, into: string): Promise<Archive> {
  const project = join(into, 'project');
  await mkdir(project, { recursive: true });
  await copyProject(project);
  const edit = async (name: string, change: (text: string) => string): Promise<void> => {
    const file = join(project, name);
    const before = await readFile(file, 'utf8');
    const after = change(before);
    if (after === before) throw new Error(`${name} is not as expected`);
    await writeFile(file, after);
  };
  await edit('package.json', (text) => text.replace(/"version": "[^"]+"/, `"version": "${version}"`));
  await edit('CHANGELOG.md', (text) => `${text}\n## [${version}] - 2028-01-01\n`);
  await writeFile(
    join(project, 'src/store/migrations', `${oneMore}.ts`),
    `import type { Migration } from 'kysely';

export const oneMore: Migration = {
  async up(db) {
    await db.schema.alterTable('watches').addColumn('remark', 'text').execute();
  },
};
`,
  );
  await edit('src/store/migrate.ts', (text) =>
    text
      .replace(/^import type \{ Schema \}/m, `import { oneMore } from './migrations/${oneMore}.ts';\n$&`)
      .replace(/\n {2}\};\n\}/, `\n    '${oneMore}': oneMore,$&`),
  );
  return buildArchive(project, join(into, 'archive'));
}

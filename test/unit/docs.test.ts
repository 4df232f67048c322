import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { errorCodes } from '../../src/core/errors.ts';
import { catalogueOf } from '../../src/i18n/translator.ts';
import { readConfig } from '../../src/settings/config.ts';
import { settings } from '../../src/settings/settings.ts';
import { commands, parseCommand } from '../../src/slack/command-words.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The documents, and the README beside each stand-in and fixture. */
const documents = [
  'README.md',
  'README.zh-CN.md',
  'CONTRIBUTING.md',
  'AGENTS.md',
  'CHANGELOG.md',
  'SECURITY.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((file) => `docs/${file}`),
  'sandbox/slack/README.md',
  'sandbox/dialer/README.md',
  'test/fixtures/0.1.0/README.md',
].filter((file) => file.endsWith('.md'));

/** The first column of every table row, without its backticks. */
function firstCells(markdown: string): string[] {
  return markdown
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => /^\| `([^`]+)`/.exec(line)?.[1] ?? '');
}

/** The settings table: name → default as it is written, '' where none is given in code. */
function defaultsIn(markdown: string): Map<string, string> {
  return new Map(
    markdown
      .split('\n')
      .filter((line) => /^\| `[A-Z_]+` \|/.test(line))
      .map((line) => line.split(' | '))
      .map(([name = '', value = '']) => [name.replaceAll(/[|` ]/g, ''), /^`(.*)`$/.exec(value.trim())?.[1] ?? '']),
  );
}

/** What each setting is when only the needed ones are given, as text. */
function realDefaults(): Map<string, string> {
  const rules = Object.entries(settings).map(([name, { rule }]) => {
    const parsed = rule.safeParse(undefined);
    return [name, parsed.success && parsed.data !== undefined ? String(parsed.data) : ''] as const;
  });
  return new Map(rules);
}

/** The anchors GitHub gives to the headings. */
function anchorsIn(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe.each(['README.md', 'README.zh-CN.md'])('%s', (file) => {
  const markdown = read(file);

  test('lists every command, and no other', () => {
    const t = catalogueOf(file === 'README.md' ? 'en' : 'zh-CN');
    const listed = firstCells(markdown)
      .filter((cell) => cell.startsWith('/dial '))
      .map((cell) => cell.split(' ')[1]);
    expect(listed).toEqual(commands.map(({ name }) => t.commands[name].word));
  });

  test('names the four settings a workspace needs', () => {
    const needed = ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'DIALER_URL', 'DIALER_TOKEN'];
    const given = Object.fromEntries(
      needed.map((name) => [
        name,
        { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }[name] ?? 'https://platform.example',
      ]),
    );
    expect(readConfig(given)).toMatchObject({ ok: true });
    for (const name of needed) {
      const { [name]: _, ...others } = given;
      expect(readConfig(others)).toMatchObject({ ok: false });
      expect(markdown.split('.env.example')[1]).toContain(name);
    }
  });
});

test.each(['docs/admin/settings.md', 'docs/zh-CN/admin/settings.md'])(
  '%s lists every setting with its default, and no other',
  (page) => {
    expect([...defaultsIn(read(page))].sort()).toEqual([...realDefaults()].sort());
  },
);

test.each([
  ['docs/admin/troubleshooting.md', '## Error codes'],
  ['docs/zh-CN/admin/troubleshooting.md', '## 错误代码'],
])('%s explains every error code, and no other', (page, heading) => {
  expect(firstCells(read(page).split(heading)[1] ?? '')).toEqual([...errorCodes]);
});

test('every npm script that a document names exists', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const named = documents.flatMap((file) => [...read(file).matchAll(/npm run ([a-z0-9:]+)/g)].map((match) => match[1]));
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => name === undefined || scripts[name] === undefined)).toEqual([]);
});

test('the version of a release has a section in the changelog, and an image in compose.yaml', () => {
  const { version } = JSON.parse(read('package.json')) as { version: string };
  expect(read('CHANGELOG.md')).toMatch(new RegExp(`^## \\[${version}\\] - \\d{4}-\\d{2}-\\d{2}$`, 'm'));
  expect(read('compose.yaml')).toContain(`image: dialdeck:${version}\n`);
});

/** The repository paths in a text; of a pattern (`src/i18n/*.ts`, `NNNN-title.ts`), the folder that it looks in. */
function pathsIn(markdown: string): string[] {
  return [
    ...markdown.matchAll(/(?<![\w/.])(?:src|test|sandbox|bench|deploy|docs|packaging|\.ci)\/[\w./*<>{},-]+/g),
  ].map(([path]) => {
    const pattern = path.search(/[*<{]|NNNN/);
    return (pattern < 0 ? path : path.slice(0, path.lastIndexOf('/', pattern))).replace(/[.,]$/, '');
  });
}

test('every path that a document names exists', () => {
  const named = documents.flatMap((file) => pathsIn(read(file)).map((path) => ({ file, path })));
  expect(named.length).toBeGreaterThan(60);
  expect(named.filter(({ path }) => !existsSync(join(root, path)))).toEqual([]);
});

test('every local link of a document leads somewhere', () => {
  const broken = documents.flatMap((file) =>
    [...read(file).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)].flatMap(([, path = '', anchor]) => {
      const target = path === '' ? join(root, file) : join(root, file, '..', path);
      if (!existsSync(target)) return [`${file}: ${path}`];
      if (anchor === undefined) return [];
      return anchorsIn(readFileSync(target, 'utf8')).includes(anchor) ? [] : [`${file}: ${path}#${anchor}`];
    }),
  );
  expect(broken).toEqual([]);
});

test('a page says how to replace every secret, and the README leads to it by way of SECURITY.md', () => {
  const page = read('docs/admin/secrets.md');
  for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET', 'DIALER_TOKEN', 'NUMBERS_KEY']) {
    expect(firstCells(page)).toContain(name);
  }
  expect(page).toContain('`DATABASE_URL`');
  expect(read('SECURITY.md')).toContain('](docs/admin/secrets.md)');
  for (const file of ['README.md', 'README.zh-CN.md']) expect(read(file)).toContain('](SECURITY.md)');
});

describe('the guide', () => {
  const pages = (folder: string): string[] => readdirSync(join(root, folder)).sort();
  const languages = [
    { folder: 'docs/guide', quoted: /(?<!\*)\*([^*\n]+)\*(?!\*)/g, catalogue: 'src/i18n/en' },
    { folder: 'docs/zh-CN/guide', quoted: /“([^”\n]+)”/g, catalogue: 'src/i18n/zh-CN' },
  ];

  test('has the same pages in both languages, and an index that leads to each', () => {
    const [english = [], chinese] = languages.map(({ folder }) => pages(folder));
    expect(chinese).toEqual(english);
    for (const { folder } of languages) {
      const index = read(`${folder}/README.md`);
      expect(english.filter((page) => page !== 'README.md' && !index.includes(`(${page})`))).toEqual([]);
    }
  });

  test.each(languages)(
    '$folder quotes what the app says, and commands that it knows',
    ({ folder, quoted, catalogue }) => {
      const said = [
        ...readdirSync(join(root, catalogue)).map((file) => read(`${catalogue}/${file}`)),
        read('src/slack/manifest.ts'),
      ].join('\n');
      for (const page of pages(folder)) {
        const text = read(`${folder}/${page}`);
        const parts = [...text.matchAll(quoted)].flatMap(([, words = '']) => words.split(/ ?… ?/)).filter(Boolean);
        expect([page, parts.filter((part) => !said.includes(part))]).toEqual([page, []]);
        const typed = [...text.matchAll(/`\/dial ([^`]+)`/g)].map(([, words = '']) => words);
        expect([page, typed.filter((words) => !('name' in parseCommand(words)))]).toEqual([page, []]);
      }
    },
  );
});

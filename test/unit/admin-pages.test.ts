import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import {
  adminFolders,
  blocksOf,
  missingLines,
  type PageLanguage,
  pageNames,
  readPage,
} from '../support/admin/pages.ts';

/** Pages whose subject is nothing to type. */
const withoutCommands = ['settings.md', 'sizes.md', 'troubleshooting.md'];

const version = (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;
const pages = pageNames('en');

test('both languages have the same pages', () => {
  expect(pages.length).toBeGreaterThan(10);
  expect(pageNames('zh-CN').sort()).toEqual([...pages].sort());
});

test.each(pages)('%s: the same blocks in both languages, under as many headings', (page) => {
  const [english = [], chinese = []] = (['en', 'zh-CN'] as const).map((language) => blocksOf(readPage(language, page)));
  const bare = (blocks: typeof english) => blocks.map(({ language, text }) => ({ language, text }));
  expect(bare(chinese)).toEqual(bare(english));
  const levels = (language: PageLanguage) =>
    [...readPage(language, page).matchAll(/^(#+) /gm)].map(([, signs]) => signs);
  expect(levels('zh-CN')).toEqual(levels('en'));
});

test.each(pages)('%s: the same settings, commands and paths are named in both languages', (page) => {
  const named = (language: PageLanguage) =>
    [...readPage(language, page).matchAll(/`([A-Z][A-Z_]{3,}|\/(?:etc|opt|var)[^`]*|dialdeck_\w+)`/g)].map(
      ([, name]) => name,
    );
  expect([...new Set(named('zh-CN'))].sort()).toEqual([...new Set(named('en'))].sort());
});

test.each(pages)('%s: a test types its commands, unless it has none', (page) => {
  const hasCommands = blocksOf(readPage('en', page)).some(({ language }) => language === 'sh');
  expect(hasCommands).toBe(!withoutCommands.includes(page));
  expect(existsSync(`test/release/pages/${page.replace('.md', '.test.ts')}`)).toBe(hasCommands);
});

test('the page on installing installs this version, and the one on upgrading goes from it to the next', () => {
  const versions = (page: string) =>
    blocksOf(readPage('en', page)).flatMap(({ text }) => text.match(/(?<![\d.])\d+\.\d+\.\d+(?![\d.])/g) ?? []);
  expect([...new Set(versions('install.md'))]).toEqual([version]);
  const next = version.replace(/\.(\d+)\.\d+$/, (_, minor: string) => `.${Number(minor) + 1}.0`);
  expect([...new Set(versions('upgrade.md'))].sort()).toEqual([version, next]);
});

test('the shell of a person is asked to expand nothing in folders that only root and the bot may list', () => {
  const commands = pages.flatMap((page) =>
    blocksOf(readPage('en', page)).flatMap(({ language, text }) => (language === 'sh' ? text.split('\n') : [])),
  );
  expect(commands.length).toBeGreaterThan(50);
  const expanded = /(?<!['"])\/(?:var\/lib|etc)\/dialdeck[\w-]*\/\S*[*?[]/;
  expect(commands.filter((command) => expanded.test(command))).toEqual([]);
});

test('the site for nginx on the page is the one that is shipped', () => {
  const shown = blocksOf(readPage('en', 'http.md')).find(({ language }) => language === 'nginx');
  expect(`${shown?.text}\n`).toBe(readFileSync('deploy/nginx/dialdeck.conf', 'utf8'));
});

test('no page names a registry, a package mirror, a number of an issue, or a folder of one machine', () => {
  for (const language of ['en', 'zh-CN'] as const)
    for (const page of pageNames(language)) {
      const text = readPage(language, page);
      expect(text).not.toMatch(/registry\.|npmjs|mirror|#\d+\b|\/home\/|\/root\/|\/work\//);
      expect(text.startsWith('# ')).toBe(true);
    }
  expect(Object.values(adminFolders)).toHaveLength(2);
});

test('blocks are found with their heading and line, also in a list; fences must be closed and name a language', () => {
  const page = '# A\n\n```sh\none\ntwo\n```\n\n## B\n\n- x\n\n  ```text\n  three\n  ```\n';
  expect(blocksOf(page)).toEqual([
    { language: 'sh', text: 'one\ntwo', line: 4, heading: 'A' },
    { language: 'text', text: 'three', line: 13, heading: 'B' },
  ]);
  expect(() => blocksOf('```sh\none')).toThrow('line 2');
  expect(() => blocksOf('```\none\n```')).toThrow('line 1');
});

test('what a page says is shown must be shown, in its order; … stands for anything', () => {
  expect(missingLines('a…c\n…\nd', ' abbc \nx\nd')).toEqual([]);
  expect(missingLines('d\na', 'a\nd')).toEqual(['a']);
  expect(missingLines('a.c', 'abc')).toEqual(['a.c']);
});

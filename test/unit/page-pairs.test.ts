import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const read = (file: string): string => readFileSync(file, 'utf8');
const pagesIn = (folder: string): string[] => readdirSync(folder).filter((file) => file.endsWith('.md'));

/** Pages directly in `docs` that exist in both languages. */
const pages = pagesIn('docs/zh-CN');
/** Those whose sections follow each other one by one. */
const parallel = ['alerts.md', 'states.md', 'lists.md', 'imports.md'];

const chinesePages = [
  'README.zh-CN.md',
  ...['docs/zh-CN', 'docs/zh-CN/guide', 'docs/zh-CN/admin'].flatMap((folder) =>
    pagesIn(folder).map((file) => `${folder}/${file}`),
  ),
];

test.each(pages)('%s: each language leads to the other, right below the title', (page) => {
  const lead = (file: string): string => read(file).split('\n').slice(1, 4).join('\n');
  expect(lead(`docs/${page}`)).toBe(`\n[中文](zh-CN/${page})\n`);
  expect(lead(`docs/zh-CN/${page}`)).toBe(`\n[English](../${page})\n`);
});

test('a Chinese page leads to Chinese pages where they exist, and says of no such page that it is in English', () => {
  const links = chinesePages.flatMap((file) =>
    [...read(file).matchAll(/\[([^\]]*)\]\(((?!https?:)[^)#]+)[^)]*\)(（英文）|，英文)?/g)].map(
      ([, words = '', path = '', remark]) => ({ file, words, target: normalize(join(dirname(file), path)), remark }),
    ),
  );
  expect(links.length).toBeGreaterThan(200);
  const hasSibling = (target: string): boolean => existsSync(target.replace(/^docs\//, 'docs/zh-CN/'));
  const strays = links.filter(({ words, target }) => {
    return words !== 'English' && target.startsWith('docs/') && !target.startsWith('docs/zh-CN/') && hasSibling(target);
  });
  expect(strays).toEqual([]);
  const misnamed = links.filter(({ words, target, remark }) => {
    return target.startsWith('docs/zh-CN/') && (remark !== undefined || words.includes('英文'));
  });
  expect(misnamed).toEqual([]);
});

/** The sections of a page, by heading; the first is what is above all of them. */
const sectionsOf = (page: string): string[] => page.split(/^#+ /m).slice(1);

/** How many rows and items there are. */
const shapeOf = (section: string): number[] =>
  [/^\|/gm, /^- /gm, /^\d+\. /gm].map((pattern) => section.match(pattern)?.length ?? 0);

/** What is code, and so the same in any language; commands and words of lists are not. */
function codeIn(section: string): string[] {
  const spans = [...section.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
  return [...new Set(spans.filter((code) => !code.startsWith('/dial')))].sort();
}

const englishNumbers = 'zero one two three four five six seven eight nine ten eleven twelve thirteen'.split(' ');
const chineseNumbers = '零 一 两 三 四 五 六 七 八 九 十 十一 十二 十三'.split(' ');
const units: Record<string, string> = { 秒: 'second', 分钟: 'minute', 小时: 'hour', 天: 'day' };

/** Figures, and times that are written in words: `10 minute` of `ten minutes` and of 十分钟. */
function figuresIn(section: string): string[] {
  const text = section
    .replaceAll(/`[^`]*`|\]\([^)]*\)/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/half an hour|半小时/g, '30 min')
    .replaceAll(/\ban? (?=(?:second|minute|hour|day)\b)/g, 'one ');
  const english = text.matchAll(/\b([a-z]+) (second|minute|hour|day)s?\b/g);
  const chinese = text.matchAll(/([一二两三四五六七八九十]+)(秒|分钟|小时|天)/g);
  const inWords = [
    ...[...english].map(([, number = '', unit = '']) => [englishNumbers.indexOf(number), unit]),
    ...[...chinese].map(([, number = '', unit = '']) => [chineseNumbers.indexOf(number), units[unit]]),
  ];
  const written = inWords.flatMap(([number, unit]) => (Number(number) < 0 ? [] : [`${number} ${unit}`]));
  return [...new Set([...written, ...(text.match(/\d[\d,.:]*\d|\d/g) ?? [])])].sort();
}

describe.each(parallel)('%s says the same in both languages', (page) => {
  const english = sectionsOf(read(`docs/${page}`));
  const chinese = sectionsOf(read(`docs/zh-CN/${page}`));

  test('with the same sections, rows and items', () => {
    expect(chinese.map(shapeOf)).toEqual(english.map(shapeOf));
  });

  test('with the same code and the same figures', () => {
    expect(chinese.map(codeIn)).toEqual(english.map(codeIn));
    expect(chinese.map(figuresIn)).toEqual(english.map(figuresIn));
  });
});

test('what a Chinese page quotes are words of the app', () => {
  const said = readdirSync('src/i18n/zh-CN')
    .map((file) => read(`src/i18n/zh-CN/${file}`))
    .join('\n');
  const strange = pages.flatMap((page) => {
    const quoted = [...read(`docs/zh-CN/${page}`).matchAll(/“([^”\n]+)”/g)].map(([, words = '']) => words);
    // What stands for a name, a time or a figure.
    const parts = quoted.flatMap((words) => words.split(/ ?(?:…|\*[^*]+\*|\d[\d,:]*) ?/)).filter(Boolean);
    return parts.filter((part) => !said.includes(part)).map((part) => ({ page, part }));
  });
  expect(strange).toEqual([]);
});

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { type Covered, coveredBehaviors, coveredMethods } from '../../../../sandbox/slack/coverage.ts';
import { scopeOf } from '../../../../sandbox/slack/web-api/scopes.ts';
import { methods } from '../../../../sandbox/slack/web-api/table.ts';

const folders = ['unit', 'integration'].map((speed) => `test/${speed}/sandbox/slack`);
const read = (file: string) => readFile(`${folders.find((folder) => existsSync(`${folder}/${file}`))}/${file}`, 'utf8');
const shown = (list: Covered[]) => list.filter((entry) => entry.state !== 'not');

describe('the matrix of coverage', () => {
  test('names exactly the methods there are', () => {
    const listed = shown(coveredMethods).map((entry) => entry.what);
    expect([...listed].sort()).toEqual(Object.keys(methods).sort());
    const absent = coveredMethods.filter((entry) => entry.state === 'not').map((entry) => entry.what);
    expect(absent.filter((name) => name in methods)).toEqual([]);
    expect(Object.keys(scopeOf).filter((name) => !(name in methods))).toEqual([]);
  });

  test.each(shown(coveredMethods))('$what is called in $shownBy', async ({ what, shownBy }) => {
    expect(await read(shownBy ?? '')).toMatch(new RegExp(`\\b${what.replaceAll('.', '\\.')}\\b`));
  });

  test.each(shown(coveredBehaviors))('$what is shown by a test', async ({ shownBy = '' }) => {
    const [file = '', ...name] = shownBy.split(': ');
    const titles = (await read(file)).match(/(?:test|describe)(?:\.each\([^\n]*?\))?\(\s*'[^\n]*'/g) ?? [];
    expect(titles.join('\n')).toContain(name.join(': '));
  });

  test('says what is missing wherever something is only partly there', () => {
    const all = [...coveredMethods, ...coveredBehaviors];
    expect(all.filter((entry) => (entry.state === 'partly') !== (entry.lacks !== undefined))).toEqual([]);
  });
});

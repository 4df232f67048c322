import { describe, expect, test } from '@jest/globals';
import { readNumbers } from '../../../support/core/read-list.ts';
import type { WholeList } from '../../../support/core/whole-list.ts';

/**
 * Tables in which each row has two people, in all the ways that people lay them out. Whatever such a table looks like,
 * the number of the second person is never sent under the name of the first.
 */

const random = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
};

const firstNames = ['姓名', '客户姓名', '客户', '联系人', 'Name', 'customer_name'];
const firstPhones = ['手机号', '客户手机号码', '联系电话', '电话', 'Phone', 'mobile_number', '手机号（必填）'];
/** Titles that say that the second is someone else. */
const others: [name: string, phone: string][] = [
  ['推荐人', '推荐人手机'],
  ['紧急联系人', '紧急联系人电话号码'],
  ['客户经理', '客户经理电话'],
  ['业务员', '电话（业务员）'],
  ['配偶姓名', '配偶手机号'],
  ['Referrer', 'referrer_phone'],
  ['Emergency Contact', 'Emergency Contact Phone'],
  ['Sales Rep', 'Fax'],
  ['推荐人', '手机号'],
  ['介绍人', '电话'],
];
/** Titles of which only a person knows whose number it is. */
const alike: [name: string, phone: string][] = [
  ['姓名', '手机号'],
  ['姓名2', '电话2'],
  ['同桌', '同桌电话'],
  ['队友', '手机号2'],
  ['收货人', '收货人手机'],
  ['联系人2', '联系电话2'],
  ['王总', '电话'],
];
const fillers = ['城市', '日期', '订单号', '备注', '等级', 'City'];
const surnames = [...'王李张刘陈杨黄赵吴周'];
const given = [...'伟芳娜敏静丽强磊洋艳勇军杰涛明'];

interface Generated {
  text: string;
  first: Map<string, string>;
  /** By the second’s number, the name of the first in that row. */
  second: Map<string, string>;
  rows: number;
}

function generate(seed: number, kind: 'other' | 'alike' | 'untitled'): Generated {
  const next = random(seed);
  const pick = <T>(from: readonly T[]): T => from[next(from.length)] as T;
  const name = (): string => pick(surnames) + pick(given) + (next(2) ? pick(given) : '');
  const [secondName, secondPhone] = pick(kind === 'other' ? others : alike);
  const customer = [pick(firstNames), pick(firstPhones)];
  const stranger =
    kind !== 'untitled' && next(4) === 0 && kind === 'other' && secondPhone.length > 4
      ? [secondPhone]
      : [secondName, secondPhone];
  const blocks: { titles: string[]; who: 'first' | 'second' | 'filler' }[] = [
    { titles: customer, who: 'first' },
    { titles: stranger, who: 'second' },
  ];
  if (next(3) === 0) blocks.reverse();
  for (const filler of fillers.filter(() => next(3) === 0))
    blocks.splice(next(blocks.length + 1), 0, { titles: [filler], who: 'filler' });

  const first = new Map<string, string>();
  const second = new Map<string, string>();
  const lines: string[][] = kind === 'untitled' ? [] : [blocks.flatMap(({ titles }) => titles)];
  if (lines.length > 0 && next(4) === 0)
    lines.unshift(
      ['导入说明：请勿修改表头', ...Array<string>(lines[0]?.length ?? 1).fill('')].slice(0, lines[0]?.length),
    );
  const rows = 2 + next(8);
  for (let row = 0; row < rows; row += 1) {
    const [own, theirs] = [13_800_000_000 + row * 7 + next(7), 18_700_000_000 + row * 7 + next(7)].map(String) as [
      string,
      string,
    ];
    const [ownName, theirName] = [name(), name()];
    if (ownName === theirName) continue;
    first.set(own, ownName);
    second.set(theirs, ownName);
    const state = next(6);
    const written = state === 0 ? '' : state === 1 ? '1.38E+10' : state === 2 ? '无' : own;
    const theirWritten = next(3) === 0 ? `+86 ${theirs}` : theirs;
    lines.push(
      blocks.flatMap(({ who, titles }) => {
        if (who === 'first') return [ownName, written];
        if (who === 'second') return titles.length === 1 ? [theirWritten] : [theirName, theirWritten];
        return [pick(['北京', '2026-01-05', '10086', '无', '普通', ''])];
      }),
    );
  }
  const delimiter = pick([',', ';', '\t', '，']);
  return {
    text: lines.map((cells) => cells.join(delimiter)).join(pick(['\n', '\r\n'])),
    first,
    second,
    rows: lines.length,
  };
}

/** Entries with a number of the second person. */
const strangersIn = ({ ready }: WholeList, { second }: Generated) => ready.filter(({ phone }) => second.has(phone));

const rounds = Array.from({ length: 250 }, (_, seed) => seed + 1);

describe('two people per row', () => {
  test('where the titles name them, the second is never called, and the first is', () => {
    for (const seed of rounds) {
      const table = generate(seed, 'other');
      const list = readNumbers({ text: table.text });
      const misnamed = list.ready.filter(({ phone, name }) => name !== table.first.get(phone));
      expect([seed, table.text, strangersIn(list, table), misnamed]).toEqual([seed, table.text, [], []]);
    }
  });

  test('where only a person can tell, the second is never called under the name of the first', () => {
    let asked = 0;
    for (const seed of rounds) {
      const table = generate(seed, 'alike');
      const list = readNumbers({ text: table.text });
      if (list.open.length > 0) {
        asked += 1;
        expect(list.ready).toEqual([]);
      }
      const wrong = strangersIn(list, table).filter(({ phone, name }) => name === table.second.get(phone));
      expect([seed, table.text, wrong]).toEqual([seed, table.text, []]);
    }
    expect(asked).toBeGreaterThan(rounds.length / 4);
  });

  test('without titles, nothing is called until a column is chosen; then it is that column', () => {
    for (const seed of rounds.slice(0, 150)) {
      const table = generate(seed, 'untitled');
      const list = readNumbers({ text: table.text });
      // Where no row has a number of the first, it is a table of the second alone.
      const wrong = strangersIn(list, table).filter(({ phone, name }) => name === table.second.get(phone));
      expect([seed, table.text, wrong]).toEqual([seed, table.text, []]);
      if (list.open.length === 0) continue;
      expect(list.ready).toEqual([]);
      for (const column of list.open) {
        const chosen = readNumbers({ text: table.text, choices: { phones: [column], several: 'all' } });
        const whose = new Set(chosen.ready.map(({ phone }) => table.second.has(phone)));
        expect([seed, whose.size <= 1]).toEqual([seed, true]);
      }
    }
  });

  test('every row is in exactly one part, the first included', () => {
    for (const kind of ['other', 'alike', 'untitled'] as const) {
      for (const seed of rounds.slice(0, 150)) {
        const table = generate(seed, kind);
        const list = readNumbers({ text: table.text });
        const sum = list.readyRows + list.rejected.length + list.repeated + list.skipped;
        expect([seed, sum, list.rows]).toEqual([seed, list.rows, table.rows]);
      }
    }
  });
});

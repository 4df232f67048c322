import { describe, expect, test } from '@jest/globals';
import { createDoNotCallUseCases } from '../../../../src/core/imports/do-not-call.ts';
import type { KnownNumbers, ReadList } from '../../../../src/core/imports/ports.ts';
import { encoded } from '../../../support/core/list-files.ts';
import { readGiven } from '../../../support/core/read-list.ts';
import { countedEntries, countedRows } from '../../../support/core/whole-list.ts';
import { workbookOf } from '../../../support/core/workbook.ts';
import { createManualClock } from '../../../support/manual-clock.ts';

const A = '13800138000';
const B = '13900139000';

function rig() {
  const listed = new Set<string>();
  const count = (phones: readonly string[], change: (phone: string) => boolean) => phones.filter(change).length;
  const store: Pick<KnownNumbers, 'addDoNotCall' | 'removeDoNotCall' | 'countDoNotCall'> = {
    addDoNotCall: async (phones) => count(phones, (phone) => !listed.has(phone) && Boolean(listed.add(phone))),
    removeDoNotCall: async (phones) => count(phones, (phone) => listed.delete(phone)),
    countDoNotCall: async () => listed.size,
  };
  const readList: ReadList = async (given, take) => {
    if ('file' in given) throw new Error('no file here');
    const list = await readGiven(given);
    await take({ ready: list.ready, rejected: list.rejected });
    const { ready, rejected, leftOut, ...rest } = list;
    return { ...rest, ready: countedEntries(ready), rejected: countedRows(rejected), leftOut: countedRows(leftOut) };
  };
  const deps = { store: store as KnownNumbers, readList, may: async () => undefined, clock: createManualClock() };
  return { listed, ...createDoNotCallUseCases(deps) };
}

describe('what a list says of not calling is why it was given', () => {
  test.each([
    ['one title', `黑名单\n${A}\n${B}`],
    ['a title of numbers', `姓名,退订号码\n张三,${A}\n李四,${B}`],
    ['a title in English', `Name,Do Not Call Number\nLi,${A}\nWu,${B}`],
    ['a title beside another column', `手机号,黑名单号码\n${A},${B}`],
    ['remarks', `手机号,备注\n${A},请勿再打\n${B},已退订`],
    ['marks', `手机号,是否退订\n${A},是\n${B},1`],
    ['states', `手机号,状态\n${A},黑名单\n${B},空号`],
    ['a heading', `以下号码请勿拨打：\n${A}\n${B}`],
    ['a caption in a table', `姓名,手机号\n张三,${A}\n以下为黑名单,\n李四,${B}`],
    ['words beside the numbers', `${A} 请勿再打\n推荐人：${B}`],
    ['words in the cells', `姓名,手机号\n张三,${A}（勿打）\n李四,妈妈 ${B}`],
    ['other people', `姓名,推荐人电话\n张三,${A}\n李四,${B}`],
    ['unclear titles', `姓名,同桌电话\n张三,${A}\n李四,${B}`],
    ['names that are none', `姓名,手机号\n客服电话,${A}\n制表人,${B}`],
    ['two columns without titles', `张三,${A},x,${B}\n李四,${A},y,${B}`],
    ['several in a cell', `手机号\n${A}/${B}`],
  ])('%s', async (_, text) => {
    const { add, listed } = rig();
    const change = await add({ person: 'U1', given: { text } });
    expect([[...listed].sort(), change.given, change.changed, change.open]).toEqual([[A, B], 2, 2, null]);
  });

  test('numbers of countries that are not sent today may be one day', async () => {
    const { add, listed } = rig();
    await add({ person: 'U1', given: { text: `+85291234567\n+14155552671\n${A}` } });
    expect([...listed]).toEqual(['+85291234567', '+14155552671', A]);
  });

  test('what is to be removed is asked where it is not clear', async () => {
    const { add, remove, listed } = rig();
    await add({ person: 'U1', given: { text: `${A}\n${B}` } });
    const text = `姓名,推荐人电话\n张三,${A}`;
    expect([await remove({ person: 'U1', given: { text } }), listed.size]).toMatchObject([{ open: 'columns' }, 2]);
    await remove({ person: 'U1', given: { text: `手机号,备注\n${A},请勿再打` } });
    expect([...listed]).toEqual([B]);
  });

  test('of several sheets it is asked which', async () => {
    const { add } = rig();
    const bytes = workbookOf([{ rows: [['手机号'], [A]] }, { rows: [['手机号'], [B]] }]);
    expect(await add({ person: 'U1', given: { bytes } })).toMatchObject({ given: 0, open: 'sheets' });
    const gbk = encoded(`姓名,黑名单号码\n张三,${A}\n`, 'gb18030');
    expect(await add({ person: 'U1', given: { bytes: gbk } })).toMatchObject({ given: 1, open: null });
  });

  test('what could not be read is counted', async () => {
    const { add } = rig();
    const change = await add({ person: 'U1', given: { text: `手机号\n138****8000\n${A}\n${B}/010-6512` } });
    expect(change).toMatchObject({ given: 2, unreadable: 2 });
  });
});

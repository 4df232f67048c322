import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { GivenFile } from '../../sandbox/slack/client/fill.ts';
import type { Modal } from '../../sandbox/slack/client/modal.ts';
import { startWorld, taskNamed, type World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld({ config: { dialer: { timeoutMs: 1_000 } } });
});
afterEach(() => world.close());

const clinic = 'Clinic appointment check';
const patience = { timeoutMs: 15_000 };
const phones = (count: number): string[] => Array.from({ length: count }, (_, index) => String(13_800_130_000 + index));

async function given(numbers: string | GivenFile): Promise<Modal> {
  await world.alice.command('/dial import Clinic');
  const form = await world.alice.expectModal('task_import');
  await form.fill(typeof numbers === 'string' ? { numbers } : { file: [numbers] }).submit();
  return form;
}
const heldNumbers = () => world.dialer.numbers(taskNamed(world.dialer, clinic).uuid).length;

describe('lists of numbers', () => {
  test('two columns of one person: both are called, and a changed menu is shown before anything is sent', async () => {
    await given({
      name: 'two.csv',
      content: 'phone,mobile,name\n13800138000,13900139000,Li\n13800138001,13900139001,Wu\n',
    });
    const preview = await world.alice.expectModal('task_import_send', patience);
    expect(preview.text()).toContain('4 numbers ready in 2 rows');
    await preview.fill({ several_numbers: 'first' }).submit();
    await preview.expectText('*2 ready*', patience);
    await preview.fill({ phone_columns: ['1'] }).submit();
    await preview.expectText('Numbers from column “mobile”', patience);
    expect(world.dialer.effects('import')).toBe(0);
    const before = heldNumbers();
    await preview.submit();
    await preview.expectText('2 numbers imported', patience);
    expect(heldNumbers() - before).toBe(2);
  });

  test.each([
    { name: 'people.csv', content: '姓名,电话,姓名,电话\n张三,13800138000,李四,13900139000\n' },
    '姓名,电话,姓名,电话\n张三,13800138000,李四,13900139000',
  ])('two people in a row: nothing can be sent until a column is chosen', async (list) => {
    await given(list);
    const preview = await world.alice.expectModal('task_import_send', patience);
    expect(preview.text()).toContain('Choose those with the customer’s own number');
    await preview.fill({ phone_columns: ['3'] }).submit();
    await preview.expectText(/139\*{4}9000\s+李四/, patience);
    expect(world.dialer.effects('import')).toBe(0);
    await preview.submit();
    await preview.expectText('1 number imported', patience);
  });

  test.each([
    { name: 'list.xlsx', content: Buffer.from('504b0304140000000800000021005f', 'hex'), says: /damaged or incomplete/ },
    {
      name: 'picture.png',
      content: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      says: /is a picture/,
    },
    { name: 'large.csv', content: Buffer.alloc(51 * 1024 * 1024, '1'), says: /too large/ },
  ])('$name is refused in words, and the form stays', async ({ name, content, says }) => {
    const form = await given({ name, content });
    await form.expectText(says, patience);
    expect(world.dialer.effects('import')).toBe(0);
  });

  test('an empty file says that it is empty', async () => {
    const form = await given({ name: 'empty.csv', content: '\n' });
    await form.expectText(/list is empty/, patience);
  });

  test('ten megabytes of numbers leave room for others', async () => {
    const rows = 100_000;
    const content = Buffer.from(
      `phone,note\n${Array.from({ length: rows }, (_, n) => `${13_000_000_000 + n * 7},${'note '.repeat(16)}`).join('\n')}`,
    );
    expect(content.length).toBeLessThan(10 * 1024 * 1024);
    await world.alice.command('/dial import Clinic');
    const form = await world.alice.expectModal('task_import');
    const submitted = form.fill({ file: [{ name: 'big.csv', content }] }).submit();
    await submitted;
    const began = Date.now();
    await world.limei.command('/dial help');
    await world.limei.expectEphemeral('帮助', patience);
    expect(Date.now() - began).toBeLessThan(3_000);
    const preview = await world.alice.expectModal('task_import_send', { timeoutMs: 30_000 });
    expect(preview.text()).toContain('100,001 rows read');
    await preview.close({ all: true });
  });

  test('the same paste twice: the second is left out, and if it is sent all the same, nothing is added', async () => {
    const pasted = '138 0013 8000\n138 0013 8001';
    await given(pasted);
    await (await world.alice.expectModal('task_import_send', patience)).submit();
    const result = await world.alice.expectModal('Import result', patience);
    expect(result.text()).toContain('2 numbers imported');
    await result.close({ all: true });

    await given(pasted);
    const known = await world.alice.expectModal('task_import_send', patience);
    expect(known.text()).toContain('2 numbers were sent to this task before');
    expect(known.text()).toContain('All of these numbers are left out');
    await known.fill({ sent_before: null }).submit();
    await known.expectText('2 numbers will be sent', patience);
    await known.submit();
    const nothing = await world.alice.expectModal('Import result', patience);
    expect(nothing.text()).toContain('No numbers were imported into');
    expect(nothing.text()).toContain('2 numbers were in the task already');
    await nothing.close({ all: true });
  });
});

test.each(['start', 'pause'])(
  '%s names ten tasks at most: more are refused in words, and none is touched',
  async (verb) => {
    const { alice, dialer } = world;
    await alice.command('/dial list');
    await alice.expectEphemeral('tasks');
    for (const rest of [
      '1 2 3 4 5 6 7 8 9 10 11',
      Array.from({ length: 60 }, (_, word) => `Clinic ${word}`).join(' '),
    ]) {
      await alice.command(`/dial ${verb} ${rest}`);
      await alice.expectEphemeral('up to 10 tasks');
      expect([dialer.effects('start'), dialer.effects('stop')]).toEqual([0, 0]);
    }
  },
);

describe('a preview', () => {
  test('submitted twice sends its numbers once', async () => {
    await given('13800138000\n13800138001');
    const preview = await world.alice.expectModal('task_import_send', patience);
    const before = heldNumbers();
    world.dialer.faults.add({ kind: 'delay', route: 'import', ms: 200, times: 1 });
    await Promise.all([preview.submit(), preview.submit()]);
    await world.alice.expectModal('Import result', patience);
    expect(heldNumbers() - before).toBe(2);
    expect(world.dialer.effects('import')).toBe(1);
  });

  test('closed during a slow import: the result still arrives', async () => {
    const numbers = phones(3_000).join('\n');
    await given({ name: 'slow.txt', content: numbers });
    const preview = await world.alice.expectModal('task_import_send', patience);
    world.dialer.faults.add({ kind: 'delay', route: 'import', ms: 40 });
    await preview.submit();
    await preview.close({ all: true });
    await world.alice.expectEphemeral('3,000 numbers imported', { timeoutMs: 30_000 });
  });
});

describe('the same thing in two windows', () => {
  test('two open create forms make two tasks; each double click makes one', async () => {
    const { alice, dialer } = world;
    const fill = async (name: string): Promise<Modal> => {
      await alice.command(`/dial new ${name}`);
      const form = await alice.expectModal('task_create');
      await form
        .fill({
          script: 'Renewal reminder v3',
          line: 'Beijing Outbound A',
          quiet_hours: '午休时间',
          redial_rule: '默认',
        })
        .apply();
      return form;
    };
    const first = await fill('Window one');
    await Promise.all([first.submit(), first.submit(), first.submit()]);
    await alice.expectModal('Task created', patience);
    expect(dialer.effects('create')).toBe(1);
  });

  test('an edit over someone else’s: Reload shows theirs, Overwrite keeps both known', async () => {
    const { alice, limei, dialer } = world;
    await alice.command('/dial edit Clinic');
    const mine = await alice.expectModal('task_edit');
    await limei.command('/dial edit Clinic');
    const hers = await limei.expectModal('task_edit');
    await hers.fill({ remark: 'Hers' }).submit();
    await (await limei.expectModal('task_edit_save')).submit();
    await limei.expectModal('任务已保存', patience);
    await mine.fill({ remark: 'Mine' }).submit();
    const difference = await alice.expectModal('task_edit_save', patience);
    expect(difference.text()).toContain('Someone else changed this task');
    expect(difference.text()).toMatch(/Hers → \*?Mine/);
    await difference.press('edit_reload', { confirm: true });
    const reloaded = await alice.expectModal('task_edit', patience);
    expect(reloaded.value('remark')).toBe('Hers');
    expect(taskNamed(dialer, clinic)).toBeDefined();
  });
});

describe('where a card cannot go', () => {
  test('a private channel without the bot: the person sees how to fix it', async () => {
    const { alice } = world;
    await alice.command('/dial watch Clinic to #leads');
    await alice.command('/dial watch Clinic to <#C0LEADS001|leads>');
    await alice.expectEphemeral('no channel of this workspace', patience);
    await alice.expectEphemeral('/invite', patience);
    await alice.command('/dial watch Spring to #');
    await alice.expectEphemeral('“#” is no channel');
  });
});

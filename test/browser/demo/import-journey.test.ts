import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import {
  cardOf,
  command,
  countingClicks,
  createTask,
  describeDemo,
  dialog,
  field,
  fillTask,
  message,
  numbers,
  pressIn,
  setSpeed,
  soon,
} from './stage.ts';

const channel = 'C0GENERAL1';
/** What people may have to press between a file in the channel and the first call. */
const maxClicks = 4;

const files = {
  xlsx: {
    name: 'customers.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: readFileSync('test/fixtures/lists/customers.xlsx'),
  },
  csv: {
    name: '客户名单.csv',
    mimeType: 'text/csv',
    buffer: readFileSync('test/fixtures/lists/customers-gbk.csv'),
  },
};

/** More calls than a start makes unasked. */
const many = 300;
const largeList = {
  name: 'large.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(['phone', ...numbers(many, '1370013')].join('\n')),
};

const words = {
  alice: {
    menu: 'More actions',
    shortcut: /Import this file/,
    next: 'Next',
    ready: '5 numbers ready in 4 rows',
    start: 'Import and start',
    imported: '5 numbers imported into',
    started: /has started/,
    done: 'Done',
    warned: ['are the same number', 'look garbled'],
    pauseFirst: 'Pause, import, start',
    twelve: '12 numbers imported into',
  },
  limei: {
    menu: '更多操作',
    shortcut: /Import this file/,
    next: '下一步',
    ready: '4 行共 5 个号码可导入',
    start: '导入并启动',
    imported: '导入 5 个号码',
    started: /已启动/,
    done: '完成',
    warned: ['是同一个号码', '疑似乱码'],
    pauseFirst: '暂停、导入、启动',
    twelve: '导入 12 个号码',
  },
};

const journeys = (['alice', 'limei'] as const).flatMap((person) =>
  [false, true].flatMap((phone) => (['xlsx', 'csv'] as const).map((file) => ({ person, phone, file }))),
);

describeDemo('from a file in the channel to dialing', ({ visit, shot }) => {
  /** A colleague prepares the task, whose card is then the only one in the channel, and shares the list. */
  const shareWithTask = async (task: string, list: typeof largeList): Promise<Page> => {
    const colleague = await visit('alice', { channel });
    await setSpeed(colleague, '1×');
    await command(colleague, '/dial new');
    await fillTask(colleague, task, '1');
    await pressIn(colleague, 'Create');
    await pressIn(colleague, 'Done');
    await cardOf(colleague, task).waitFor(soon);
    await colleague.locator('.composer input[type=file]').setInputFiles(list);
    await command(colleague, `List for ${task}`);
    return colleague;
  };

  test.each(['alice', 'limei'] as const)(
    '%s, with so many calls that they are confirmed',
    async (person) => {
      const t = words[person];
      const task = `Many ${person}`;
      const colleague = await shareWithTask(task, largeList);

      const page = await visit(person, { channel, phone: true });
      const shared = message(page, `List for ${task}`);
      await shared.waitFor(soon);
      const clicks = await countingClicks(page);
      await shared.getByRole('button', { name: t.menu }).click();
      await page.getByRole('menuitem', { name: t.shortcut }).click();
      await pressIn(page, t.start);
      const question = page.getByRole('alertdialog');
      await question.waitFor(soon);
      await shot(page, `import-many-${person}-1-question`);
      await question.getByRole('button', { name: t.start }).click();
      await dialog(page).getByText(t.started).waitFor(soon);
      expect(await clicks()).toBeLessThanOrEqual(maxClicks);
      await shot(page, `import-many-${person}-2-result`);
      await pressIn(page, t.done);
      await cardOf(page, task).getByText('Dialing', { exact: true }).waitFor(soon);
      await command(colleague, `/dial unwatch ${task}`);
      await message(colleague, `${task} is no longer watched`).waitFor(soon);
    },
    120_000,
  );

  test.each(journeys)(
    '$person, on a phone: $phone, $file',
    async ({ person, phone, file }) => {
      const t = words[person];
      const shots = `import-${file}-${person}-${phone ? 390 : 1280}`;
      const task = `${file.toUpperCase()} ${person} ${phone ? 'phone' : 'laptop'}`;
      const colleague = await shareWithTask(task, files[file]);

      const page = await visit(person, { channel, phone });
      const shared = message(page, `List for ${task}`);
      await shared.waitFor(soon);
      await shared.scrollIntoViewIfNeeded();
      await shot(page, `${shots}-1-file`);
      const clicks = await countingClicks(page);
      if (!phone) await shared.hover();
      await shared.getByRole('button', { name: t.menu }).click();
      await shot(page, `${shots}-2-menu`);
      await page.getByRole('menuitem', { name: t.shortcut }).click();
      await dialog(page).getByText(t.ready).waitFor(soon);
      await shot(page, `${shots}-3-preview`);
      await pressIn(page, t.start);
      await dialog(page).getByText(t.imported).waitFor(soon);
      await dialog(page).getByText(t.started).waitFor(soon);
      expect(await clicks()).toBeLessThanOrEqual(maxClicks);
      await shot(page, `${shots}-4-result`);
      await pressIn(page, t.done);
      await cardOf(page, task).getByText('Dialing', { exact: true }).waitFor(soon);
      await cardOf(page, task).scrollIntoViewIfNeeded();
      await shot(page, `${shots}-5-dialing`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
      await command(colleague, `/dial unwatch ${task}`);
      await message(colleague, `${task} is no longer watched`).waitFor(soon);
    },
    120_000,
  );

  test.each((['alice', 'limei'] as const).flatMap((person) => [false, true].map((phone) => ({ person, phone }))))(
    'a list that looks wrong, for a task that is running: $person, on a phone: $phone',
    async ({ person, phone }) => {
      const t = words[person];
      const shots = `import-running-${person}-${phone ? 390 : 1280}`;
      const task = `Running ${person} ${phone ? 'phone' : 'laptop'}`;
      const page = await visit('alice', { channel });
      await createTask(page, task, numbers(60, phone ? '1310013' : '1320013'), '1');
      await cardOf(page, task).getByRole('button', { name: 'Start' }).click();
      await cardOf(page, task).getByText('Dialing', { exact: true }).waitFor(soon);

      const own = await visit(person, { channel, phone });
      await command(own, `/dial import ${task}`);
      const prefix = person === 'alice' ? '1350013' : '1360013';
      const rows = numbers(11, prefix).map(
        (number, index) => `${garbled[index % garbled.length]},${number},02161230017`,
      );
      await field(own, 'file')
        .locator('input[type=file]')
        .setInputFiles({
          name: '客户.csv',
          mimeType: 'text/csv',
          buffer: Buffer.from(`姓名,手机号,备用电话\n${rows.join('\n')}\n`),
        });
      await field(own, 'file').getByText('客户.csv').waitFor(soon);
      await pressIn(own, t.next);
      for (const warned of t.warned) await dialog(own).getByText(warned).waitFor(soon);
      await shot(own, `${shots}-1-preview`);
      await dialog(own).getByRole('button', { name: t.pauseFirst }).scrollIntoViewIfNeeded();
      await shot(own, `${shots}-2-order`);
      await pressIn(own, t.pauseFirst);
      await dialog(own).getByText(t.twelve).waitFor(soon);
      await dialog(own).getByText(t.started).waitFor(soon);
      await shot(own, `${shots}-3-result`);
      await pressIn(own, t.done);
      await cardOf(own, task).getByText('Dialing', { exact: true }).waitFor(soon);
    },
    120_000,
  );
});

/** Names that were saved in the wrong encoding. */
const garbled = ['å¼ ä¼Ÿ', 'çŽ‹èŠ³', 'æŽå¨œ'];

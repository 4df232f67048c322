import { afterEach, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { readNumbers } from '../support/core/read-list.ts';
import { eventually } from '../support/eventually.ts';
import { startWorld, taskNamed, type World } from '../support/world.ts';

const patience = { timeoutMs: 30_000 };
const clinic = 'Clinic appointment check';

let world: World;
afterEach(() => world.close());

interface Row {
  phone: string;
  name: string;
}

/** What becomes of ten rows each; the numbers of one kind follow each other. */
const numberOf = (kind: number, index: number): string => String(13_900_000_000 + kind * 1_000 + index);
const kinds = { taken: 1, refused: 2, unknown: 3, unsent: 4, barred: 5, capped: 6 } as const;

/** Names that spreadsheet programs would calculate, CSV would break at, and other encodings would lose. */
const names = ['张三', '=1+1', '+李四', '-5', '@SUM(A1)', 'O"Neil, Pat', '𠮷野家', '', '  ＝cmd', 'Zoë'];
const rowsOf = (kind: number): Row[] => names.map((name, index) => ({ phone: numberOf(kind, index), name }));

const filesOf = (prefix: string) =>
  [...world.slack.workspace.files.values()].filter(({ name, complete }) => complete && name.startsWith(prefix));

test.each([
  [
    'alice',
    'not-imported',
    'Number',
    ['invalid', 'refused by the platform', 'not sent', 'unknown whether it arrived', 'left out'],
  ],
  ['limei', '未导入', '号码', ['无效', '被平台拒绝', '未提交', '不确定是否已导入', '已略过']],
] as const)(
  'the file of %s has every row that was not imported, with its line and name, and nobody else gets it',
  async (who, prefix, phoneTitle, words) => {
    world = await startWorld({
      config: { dialer: { importBatch: 10 }, importRules: { cap: { times: 1, withinMs: 86_400_000 }, recentMs: 1 } },
    });
    const { dialer, slack } = world;
    const person = world[who];
    const send = async (task: string, content: string) => {
      await person.command(`/dial import ${task}`);
      const form = await person.expectModal('task_import', patience);
      await form.fill({ file: { name: 'list.csv', content } }).submit();
      await (await person.expectModal('task_import_send', patience)).submit();
    };
    // A cap that other tasks have used up.
    await send(
      'Spring',
      `phone\n${rowsOf(kinds.capped)
        .map(({ phone }) => phone)
        .join('\n')}\n`,
    );
    const first = await person.expectModal(who === 'alice' ? 'Import result' : '导入结果', patience);
    await first.expectText('10', patience);
    await first.close({ all: true });
    await person.command(
      `/dial dnc add ${rowsOf(kinds.barred)
        .map(({ phone }) => phone)
        .join(', ')}`,
    );
    await person.expectEphemeral('10', patience);

    const sent = [kinds.taken, kinds.refused, kinds.unknown, kinds.unsent].flatMap(rowsOf);
    const held = [kinds.barred, kinds.capped].flatMap(rowsOf);
    const invalid: Row[] = [
      { phone: '1380013800', name: '王五' },
      { phone: '=1+2', name: 'x' },
    ];
    // Rows that are not sent stand between those that are.
    const rows = sent.flatMap((row, index) => [row, ...held.slice(index, index + 1)]).concat(invalid);
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    const content = `\ufeff姓名,手机号\r\n${rows.map(({ name, phone }) => `${quoted(name)},${phone}\r\n`).join('')}`;

    dialer.setSwitches({ importRefusedEnding: numberOf(kinds.refused, 0).slice(-5) });
    dialer.faults.add({ kind: 'drop', effect: true, route: 'import', skip: 2, times: 1 });
    dialer.faults.add({ kind: 'envelope', code: 6007, route: 'import', skip: 2, times: 1 });
    await send('Clinic', content);
    const halted = await person.expectModal(who === 'alice' ? 'Import result' : '导入结果', patience);
    await halted.press('import_run:cancel:0', { confirm: true });
    await eventually(() => filesOf(prefix).length === 1);

    const [file] = filesOf(prefix);
    const text = Buffer.from(file?.bytes ?? []).toString('utf8');
    expect(text.startsWith('\ufeff')).toBe(true);
    const [titles, ...given]: string[][] = parse(text, { bom: true, relax_column_count: false });
    expect(titles).toHaveLength(5);
    expect(titles).toContain(phoneTitle);

    const [rejected, refused, unsent, unknown, withheld] = words;
    const thereAlready = new Set(dialer.numbers(taskNamed(dialer, clinic).uuid).map(({ phone }) => phone));
    /** Refused rows are one here; the others of their batch have not been sent. */
    const whyOf = ({ phone }: Row): string | null => {
      if (invalid.some((row) => row.phone === phone)) return rejected;
      if (phone === numberOf(kinds.refused, 0)) return refused;
      const kind = Number(phone.slice(-4, -3));
      if (kind === kinds.barred || kind === kinds.capped) return withheld;
      if (kind === kinds.unknown) return unknown;
      return kind === kinds.taken ? null : unsent;
    };
    const expected = rows.flatMap((row, index): string[][] => {
      const why = whyOf(row);
      return why === null ? [] : [[why, String(index + 2), row.phone, row.name.trim()]];
    });
    const plain = (cell: string): string => cell.replace(/^'/, '').trim();
    const byLine = (a: string[], b: string[]): number => Number(a[1]) - Number(b[1]);
    expect(given.map((cells) => cells.slice(0, 4).map(plain)).sort(byLine)).toEqual(expected);
    expect(given.filter(([why]) => why === refused).map((cells) => cells[4])).toEqual(['号码不可用']);
    expect(given.flat().filter((cell) => /^\s*[=+\-@＝＋－＠\t\r]/.test(cell))).toEqual([]);

    // What was not sent is imported from the very file.
    const again = readNumbers({ bytes: Buffer.from(file?.bytes ?? []) });
    expect(again.ready.map(({ phone }) => phone).sort()).toEqual(
      expected.flatMap(([why, , phone = '']) => (why === rejected ? [] : [phone])).sort(),
    );
    expect(thereAlready.has(numberOf(kinds.taken, 0))).toBe(true);

    const shared = [...(file?.channels ?? [])].map((id) => slack.workspace.channels.get(id));
    expect(shared.map((conversation) => conversation?.kind)).toEqual(['dm']);
    expect(filesOf('').filter(({ name }) => !name.startsWith(prefix) && name !== 'list.csv')).toEqual([]);
  },
  90_000,
);

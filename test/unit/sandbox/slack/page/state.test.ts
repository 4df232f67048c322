import { describe, expect, test } from '@jest/globals';
import { faultsOf } from '../../../../../sandbox/slack/form-rules.ts';
import { complete } from '../../../../../sandbox/slack/page/state/completion.ts';
import { valuesOf } from '../../../../../sandbox/slack/page/state/elements.ts';
import { formOfView, type PageState, reduce, startState } from '../../../../../sandbox/slack/page/state/model.ts';
import { share } from '../../../../../sandbox/slack/page/state/share.ts';
import { epochOf, localMinute } from '../../../../../sandbox/slack/page/state/zone.ts';
import type { Json, Snapshot } from '../../../../../sandbox/slack/protocol.ts';
import { alice, channelOf, messageOf, snapshotOf, viewOf } from '../../../../support/sandbox/page-samples.ts';

const start = startState({ language: 'auto', theme: 'auto', tourDone: false }, null);
const receive = (state: PageState, change: Partial<Snapshot>) =>
  reduce(state, { type: 'snapshot', snapshot: snapshotOf(change) });

describe('the reducer', () => {
  test('opens where something happened, and stays where the person is', () => {
    const channels = [channelOf([]), channelOf([messageOf('1.0')], { id: 'C2', name: 'calls', unread: 1 })];
    const opened = receive(start, { channels });
    expect(opened.place).toEqual({ kind: 'channel', id: 'C2' });
    const moved = reduce(opened, { type: 'open_place', place: { kind: 'channel', id: 'C1' } });
    expect(receive(moved, { channels, revision: 2 }).place).toEqual({ kind: 'channel', id: 'C1' });
    expect(receive(moved, { channels: [channels[1] ?? channelOf([])] }).place).toEqual({ kind: 'channel', id: 'C2' });
  });

  test('remembers where reading stopped until the channel is left', () => {
    const messages = [messageOf('1.0'), messageOf('2.0'), messageOf('3.0')];
    const opened = receive(start, { channels: [channelOf(messages, { unread: 2 })] });
    expect(opened.unreadFrom).toEqual({ C1: '2.0' });
    const read = receive(opened, { channels: [channelOf(messages)] });
    expect(read.unreadFrom).toEqual({ C1: '2.0' });
    expect(reduce(read, { type: 'open_place', place: { kind: 'home' } }).unreadFrom).toEqual({});
  });

  const input = (block_id: string): Json => ({
    type: 'input',
    block_id,
    element: { type: 'plain_text_input', action_id: 'a' },
  });
  const typed = (state: PageState, blockId: string, value: string) =>
    reduce(state, {
      type: 'edit',
      form: formOfView('V1'),
      blockId,
      actionId: 'a',
      state: { type: 'plain_text_input', value },
    });

  test('keeps what was typed as long as its block is there', () => {
    const open = receive(start, { views: [viewOf([input('x'), input('y')])] });
    const edited = typed(typed(open, 'x', 'one'), 'y', 'two');
    const without = receive(edited, { views: [viewOf([input('y')])] });
    expect(without.edits).toEqual({ 'view:V1': { y: { a: { type: 'plain_text_input', value: 'two' } } } });
    const again = receive(without, { views: [viewOf([input('x'), input('y')])] });
    expect(Object.keys(again.edits['view:V1'] ?? {})).toEqual(['y']);
    expect(receive(again, { views: [] }).edits).toEqual({});
  });

  test('typing clears the error of that field only', () => {
    const open = receive(start, { views: [viewOf([input('x'), input('y')])] });
    const required = { code: 'required' as const, bound: '' };
    const faulty = reduce(open, { type: 'faults', viewId: 'V1', faults: { x: required, y: required } });
    expect(typed(faulty, 'x', 'now').faults).toEqual({ V1: { y: required } });
  });

  test('a thread closes when its message is gone', () => {
    const open = receive(start, { channels: [channelOf([messageOf('1.0')])] });
    const threaded = reduce(open, { type: 'open_thread', channel: 'C1', ts: '1.0' });
    expect(receive(threaded, { channels: [channelOf([])] }).thread).toBeNull();
  });

  test('another person starts without the marks of the first', () => {
    const messages = [messageOf('1.0')];
    const open = receive(start, { channels: [channelOf(messages, { unread: 1 })] });
    const other = receive(open, { me: { ...alice, id: 'U2' }, channels: [channelOf(messages)] });
    expect(other.unreadFrom).toEqual({});
  });
});

test('equal parts of the next snapshot are those of the one before', () => {
  const before = { a: [{ x: 1 }, { x: 2 }], b: { c: 'd' } };
  const after = share(before, { a: [{ x: 1 }, { x: 3 }], b: { c: 'd' } });
  expect(after).toEqual({ a: [{ x: 1 }, { x: 3 }], b: { c: 'd' } });
  expect(after.a[0]).toBe(before.a[0]);
  expect(after.b).toBe(before.b);
  expect(after).not.toBe(before);
  expect(share(before, structuredClone(before))).toBe(before);
  expect(share({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 });
});

describe('faults of a form', () => {
  const fault = (element: Json, value: unknown, block: Json = {}) => {
    const blocks = [{ type: 'input', block_id: 'b', ...block, element: { action_id: 'a', ...element } }];
    const values = valuesOf(blocks, { b: { a: { type: element.type, ...(value as object) } } });
    return faultsOf(blocks, values).b ?? null;
  };
  test.each([
    [{ type: 'plain_text_input' }, { value: null }, 'required', ''],
    [{ type: 'plain_text_input', min_length: 3 }, { value: 'ab' }, 'too_short', '3'],
    [{ type: 'plain_text_input', max_length: 3 }, { value: 'abcd' }, 'too_long', '3'],
    [{ type: 'number_input', is_decimal_allowed: false }, { value: '1.5' }, 'integer', ''],
    [{ type: 'number_input', is_decimal_allowed: true }, { value: '1,5' }, 'number', ''],
    [{ type: 'number_input', min_value: '2' }, { value: '1' }, 'below', '2'],
    [{ type: 'number_input', max_value: '2' }, { value: '3' }, 'above', '2'],
    [{ type: 'email_text_input' }, { value: 'a@b' }, 'email', ''],
    [{ type: 'url_text_input' }, { value: 'example.com' }, 'url', ''],
    [{ type: 'multi_users_select', max_selected_items: 1 }, { selected_users: ['U1', 'U2'] }, 'too_many', '1'],
    [{ type: 'file_input', max_files: 1 }, { files: [{}, {}] }, 'too_many', '1'],
    [{ type: 'multi_static_select', options: [] }, { selected_options: [] }, 'required', ''],
  ])('%j with %j: %s', (element, value, code, bound) => {
    expect(fault(element, value)).toEqual({ code, bound });
  });

  test('an empty optional field is no fault, a wrong one is', () => {
    expect(fault({ type: 'email_text_input' }, { value: null }, { optional: true })).toBeNull();
    expect(fault({ type: 'email_text_input' }, { value: 'x' }, { optional: true })).toEqual({
      code: 'email',
      bound: '',
    });
  });
});

describe('completion', () => {
  const known = {
    app: {
      ...snapshotOf().app,
      commands: [
        {
          command: '/dial',
          description: 'Run calls',
          usageHint: 'new | list',
          subcommands: [
            { word: 'new', hint: 'create' },
            { word: 'list', hint: 'all tasks' },
          ],
        },
      ],
    },
    people: [alice],
    channels: [channelOf([])],
  };
  const at = (text: string) => complete(text, text.length, known);
  const inserts = (text: string) => at(text)?.suggestions.map(({ insert }) => insert) ?? null;

  test('commands, subcommands, people and channels', () => {
    expect(inserts('/')).toEqual(['/dial ']);
    expect(inserts('/dial ')).toEqual(['new ', 'list ']);
    expect(inserts('/dial li')).toEqual(['list ']);
    expect(inserts('ask @ali')).toEqual(['@alice ']);
    expect(inserts('in #gen')).toEqual(['#general ']);
    expect(inserts('mail a@b')).toBeNull();
    expect(inserts('/unknown x')).toBeNull();
    expect(inserts('a / b')).toBeNull();
  });

  test('Enter takes a suggestion only where what was typed cannot be meant', () => {
    expect(at('/di')?.eager).toBe(true);
    expect(at('/dial')?.eager).toBe(false);
    expect(at('/dial n')?.eager).toBe(false);
  });

  test('when nothing is left to complete, the usage is shown', () => {
    expect(at('/dial zzz')).toMatchObject({ suggestions: [], usage: '/dial new | list' });
  });
});

describe('clocks of other places', () => {
  test.each([
    ['2026-07-01T12:00', 'Asia/Shanghai', '2026-07-01T04:00:00Z'],
    ['2026-07-01T12:00', 'Europe/London', '2026-07-01T11:00:00Z'],
    ['2026-11-22T00:30', 'America/New_York', '2026-11-22T05:30:00Z'],
    ['2026-11-22T00:30', 'Asia/Kolkata', '2026-11-21T19:00:00Z'],
  ])('%s in %s', (local, zone, utc) => {
    expect(new Date(epochOf(local, zone)).toISOString()).toBe(utc.replace('Z', '.000Z'));
    expect(localMinute(Date.parse(utc), zone)).toBe(local);
  });

  test('what is no time is no number, an unknown zone is UTC', () => {
    expect(epochOf('soon', 'UTC')).toBeNaN();
    expect(localMinute(0, 'Nowhere/City')).toBe('1970-01-01T00:00');
  });
});

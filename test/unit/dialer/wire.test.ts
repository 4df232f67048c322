import { describe, expect, test } from '@jest/globals';
import { draftOf, fields } from '../../../src/core/model/fields.ts';
import { createWallClockReader } from '../../../src/dialer/datetime.ts';
import { acceptedOf, importBody, metadataOf, pagingOf, progressOf, taskOf, toWire } from '../../../src/dialer/wire.ts';
import { entity, fixture } from '../../support/dialer/platform.ts';
import { draftOtherIn, sampleDraft } from '../../support/samples.ts';

const readClock = createWallClockReader('Asia/Shanghai');

describe('the example bodies of the task API document', () => {
  test('init', () => {
    expect(metadataOf(JSON.parse(fixture('init')).meta)).toEqual({
      lines: [
        {
          id: '37d73edf-4628-4cf1-8beb-758433fd0aab',
          name: '尊享ai.zxycall.com一',
          free: 1,
          total: 1,
          callerNumber: '13530525008',
        },
      ],
      scripts: [{ id: '390', name: '测试话术【复制】', debug: true, deleted: false }],
      quietHours: [
        { id: '146979fe-3864-4817-ad76-13b37f43bb1c', name: '休息时间' },
        { id: 'cf44b8fc-a60f-499e-a5c8-5340963a56a3', name: '午休时间' },
        { id: 'a6c20127-1199-4b87-bffa-75ed3e368fd0', name: '早会时间' },
      ],
      redialRules: [{ id: '1', name: '测试重呼规则', remark: 'test', enabled: true }],
      agentGroups: [{ id: '21', name: '组2', lineId: '37d73edf-4628-4cf1-8beb-758433fd0aab', enabled: true }],
    });
  });

  test('create', () => {
    expect(taskOf(JSON.parse(fixture('created')), readClock)).toEqual({
      id: '02f5bb4a-8a09-4eae-8969-6c2a3732f774',
      name: '测试',
      remark: '测试',
      started: false,
      script: { id: '1197', name: '测试', debug: true, deleted: false },
      line: {
        id: '83f180c4-00f3-4aaa-bc41-6cba4493e892',
        name: null,
        total: null,
        used: null,
        expiresAt: null,
      },
      concurrency: 1,
      pauseSeconds: 10,
      ringTimeout: 60,
      quietHours: { id: '146979fe-3864-4817-ad76-13b37f43bb1c', name: null },
      redialRule: { id: '103', name: null, redials: null },
      agentGroup: { id: '21', name: null },
      progress: { total: 0, done: 0, source: 'progress_bar' },
      createdAt: Date.UTC(2020, 2, 6, 14, 38, 2),
      alteredAt: Date.UTC(2020, 2, 6, 14, 38, 2),
    });
  });

  test('list: the flat ids count, a nested object of another id lends no name', () => {
    const { data } = JSON.parse(fixture('list')) as { data: unknown[] };
    expect(pagingOf(data, undefined)).toEqual({ currentPage: null, lastPage: null });
    expect(data.map((task) => taskOf(task, readClock))).toEqual([
      {
        id: 'dfc36b34-b398-4f6b-b263-cd64c53e5185',
        name: '测试任务',
        remark: null,
        started: false,
        script: { id: '447', name: 'test', debug: true, deleted: false },
        line: {
          id: '37d73edf-4628-4cf1-8beb-758433fd0aab',
          name: null,
          total: null,
          used: null,
          expiresAt: null,
        },
        concurrency: 1,
        pauseSeconds: 10,
        ringTimeout: 60,
        quietHours: { id: '146979fe-3864-4817-ad76-13b37f43bb1c', name: null },
        redialRule: { id: '103', name: '默认', redials: true },
        agentGroup: null,
        progress: { total: 2, done: 2, source: 'progress_bar' },
        createdAt: Date.UTC(2019, 4, 7, 7, 15, 40),
        alteredAt: Date.UTC(2019, 4, 17, 2, 58, 58),
      },
    ]);
  });
});

describe('lenience', () => {
  test('numbers as text, flags as anything, nothing nested', () => {
    const task = taskOf(
      {
        uuid: 123,
        name: 456,
        start: '1',
        maximumcall: '4',
        call_pause_second: '0',
        _originate_timeout: '45',
        destination_extension: '297',
        auto_recycle_rule_id: '900719925474099267',
        customer_service_id: 0,
        progress_bar: { total: '10', progress: '12' },
        caller_line: null,
        group: [],
        unheard_of: {},
      },
      readClock,
    );
    expect(task).toMatchObject({
      id: '123',
      name: '456',
      started: true,
      concurrency: 4,
      pauseSeconds: 0,
      ringTimeout: 45,
      script: { id: '297', debug: false },
      redialRule: { id: '900719925474099267' },
      agentGroup: null,
      progress: { total: 10, done: 10 },
      createdAt: null,
    });
  });

  test.each([
    [1, true],
    ['1', true],
    [true, true],
    [0, false],
    ['0', false],
    [false, false],
    [null, false],
    [2, false],
    [-1, false],
  ])('start %p is %p', (start, started) => {
    expect(taskOf(entity('a', { start }), readClock)?.started).toBe(started);
  });

  test('a nested object of the same id lends its names and figures', () => {
    const task = taskOf(
      entity('a', {
        caller_line: {
          id: '37d73edf-4628-4cf1-8beb-758433fd0aab',
          name: 'L',
          call_line: '10',
          call_line_used: 4,
          deadline_at: '2020-11-20 00:00:00',
        },
        disable_time_group: { uuid: '146979fe-3864-4817-ad76-13b37f43bb1c', name: 'Q' },
        group: { id: '447', name: 'S', deleted_at: '2020-01-01 00:00:00' },
      }),
      readClock,
    );
    expect(task).toMatchObject({
      line: { name: 'L', total: 10, used: 4, expiresAt: Date.UTC(2020, 10, 19, 16) },
      quietHours: { name: 'Q' },
      script: { name: 'S', debug: false, deleted: true },
    });
  });

  test('without a progress bar there is no progress, and without an id no task', () => {
    expect(taskOf(entity('a', { progress_bar: null }), readClock)?.progress).toBeNull();
    expect(taskOf(entity('a', { progress_bar: { total: null, progress: 1 } }), readClock)?.progress).toBeNull();
    expect(taskOf(entity('', {}), readClock)).toBeNull();
    expect(taskOf({ id: 'x' }, readClock)).toBeNull();
    expect(taskOf(null, readClock)).toBeNull();
  });

  test('init: missing arrays are empty, entries without an id are left out, other bodies are none', () => {
    expect(metadataOf({ caller_line_list: [{ name: 'no id' }, { value: 'l', residue: '3' }, null, 5] })).toEqual({
      lines: [{ id: 'l', name: 'l', free: 3, total: null, callerNumber: null }],
      scripts: [],
      quietHours: [],
      redialRules: [],
      agentGroups: [],
    });
    expect(metadataOf({ customer_service: [{ id: 1, name: 'g', status: '1' }] })?.agentGroups).toEqual([
      { id: '1', name: 'g', lineId: null, enabled: true },
    ]);
    expect(metadataOf({})).toBeNull();
    expect(metadataOf(undefined)).toBeNull();
    expect(metadataOf([])).toBeNull();
  });

  test('nothing of the entity that is not in Task gets through', () => {
    const text = JSON.stringify([
      taskOf(JSON.parse(fixture('created')), readClock),
      taskOf(JSON.parse(fixture('list')).data[0], readClock),
    ]);
    expect(text).not.toMatch(/hangup_notify|59\.111|user\/admin|4d99d91c|execute_on_media|17361984317|13530525008/);
  });
});

describe('texts are bounded where they come in', () => {
  test('a name, a remark and a datetime are cut, never within a character', () => {
    const cut = taskOf(
      entity('a', {
        name: '𠀀'.repeat(5_000),
        remark: `x${'𠀀'.repeat(5_000)}`,
        group_str: 'y'.repeat(5_000),
        group: null,
        create_datetime: `2019-05-07 15:15:40${' '.repeat(1_000)}`,
      }),
      readClock,
    );
    expect(cut).toMatchObject({
      name: '𠀀'.repeat(500),
      remark: `x${'𠀀'.repeat(1_999)}`,
      script: { name: 'y'.repeat(1_000) },
      createdAt: null,
    });
  });

  test('an id is taken whole or not at all', () => {
    expect(taskOf(entity('a'.repeat(64)), readClock)?.id).toBe('a'.repeat(64));
    expect(taskOf(entity('a'.repeat(65)), readClock)).toBeNull();
    expect(taskOf(entity('a', { caller_line_id: 'l'.repeat(201) }), readClock)?.line.id).toBe('');
  });
});

describe('a page of the list', () => {
  const tasks = [entity('a'), entity('b')];
  test.each([
    ['Laravel meta', tasks, { current_page: 1, last_page: 3, per_page: 50 }, 1, 3],
    ['agent-api meta', tasks, { current_page: '2', last_page: '2', per_page: '1', has_pages: true }, 2, 2],
    ['a paginator inside data', { current_page: 1, data: tasks, last_page: 2 }, undefined, 1, 2],
    ['nothing', tasks, undefined, null, null],
  ])('paging given by %s', (_name, payload, meta, currentPage, lastPage) => {
    expect(pagingOf(payload, meta)).toEqual({ currentPage, lastPage });
  });

  test('an answer without a list is no empty list, unless it says that the total is 0', () => {
    const unsaid = { currentPage: null, lastPage: null };
    expect(pagingOf({}, undefined)).toBeNull();
    expect(pagingOf(undefined, undefined)).toBeNull();
    expect(pagingOf({ message: 'ok' }, { total: 3 })).toBeNull();
    expect(pagingOf([], undefined)).toEqual(unsaid);
    expect(pagingOf({ message: 'ok' }, { total: 0 })).toEqual(unsaid);
  });
});

describe('progress', () => {
  test('in the shape of the bar', () => {
    expect(progressOf({ total: '8214', progress: 5093, percent: 62 })).toEqual({
      total: 8214,
      done: 5093,
      source: 'endpoint',
    });
  });
  test('as counts by status, of which only 0 is not dialed', () => {
    const number_status = [
      { status: 0, status_str: '等待呼叫', count: 30 },
      { status: 1, count: '50' },
      { status: '8', count: 20 },
      { status: 99, count: 1 },
    ];
    expect(progressOf({ answer_rate: { taskProgress: 70 }, number_status })).toEqual({
      total: 101,
      done: 71,
      source: 'endpoint',
    });
  });
  test.each([[{}], [null], [[]], [{ total: 5 }], [{ number_status: [{ status: 1 }] }]])('%j is none', (payload) => {
    expect(progressOf(payload)).toBeNull();
  });
});

describe('what goes out', () => {
  const draft = sampleDraft({
    name: '测试任务',
    line: '37d73edf-4628-4cf1-8beb-758433fd0aab',
    quietHours: '146979fe-3864-4817-ad76-13b37f43bb1c',
    redialRule: '1',
    agentGroup: '21',
    remark: '第一个任务',
  });

  test('every field under its own name and type, the fixed ones at 0', () => {
    expect(toWire(draft)).toStrictEqual({
      caller_line_id: '37d73edf-4628-4cf1-8beb-758433fd0aab',
      customer_service_id: 21,
      destination_extension: 297,
      disable_dial_timegroup: '146979fe-3864-4817-ad76-13b37f43bb1c',
      maximumcall: 4,
      name: '测试任务',
      random_assignment_number: 0,
      recycle_limit: 0,
      remark: '第一个任务',
      _originate_timeout: 60,
      call_pause_second: 0,
      auto_recycle_rule_id: 1,
    });
  });

  test.each(fields)('$name is sent, as one parameter', (field) => {
    const before: Record<string, unknown> = { ...toWire(sampleDraft()) };
    const after: Record<string, unknown> = { ...toWire(draftOtherIn(field)) };
    const moved = Object.keys(after).filter((parameter) => after[parameter] !== before[parameter]);
    expect(moved).toHaveLength(1);
    expect(Object.values(after)).toContain(draftOtherIn(field)[field.key]);
  });

  test.each(fields)('$name is read where it was sent', (field) => {
    const sent = draftOtherIn(field);
    const task = taskOf({ uuid: 't1', ...toWire(sent) }, () => null);
    expect(task && draftOf(task)).toEqual(sent);
  });

  test('no key for an agent group or a remark that is not set', () => {
    const wire = toWire({ ...draft, agentGroup: null, remark: null });
    expect(wire).not.toHaveProperty('customer_service_id');
    expect(wire).not.toHaveProperty('remark');
  });

  test.each(['900719925474099267', '0012', '1e3', 'abc', '1.5', ''])('the id %p stays text', (script) => {
    expect(toWire({ ...draft, script }).destination_extension).toBe(script);
  });

  const batch = [
    { phone: '13800138000', name: '王' },
    { phone: '+14155552671', name: null },
  ];
  test.each([
    [
      { importKey: 'customer_info_list' },
      '{"customer_info_list":[{"phone":"13800138000","name":"王"},{"phone":"+14155552671"}]}',
    ],
    [{ importKey: 'data' }, '{"data":[{"phone":"13800138000","name":"王"},{"phone":"+14155552671"}]}'],
    [{ importKey: '[]' }, '[{"phone":"13800138000","name":"王"},{"phone":"+14155552671"}]'],
  ])('import in the shape %j', (shape, text) => {
    expect(JSON.stringify(importBody(batch, shape))).toBe(text);
  });

  test.each([
    [{ success: 98, failed: 2 }, 98],
    [{ success_count: '97', fail_count: '2', filtered: 1 }, 97],
    [{ success: 1 }, null],
    [{ success: true, failed: 0 }, null],
    [{ success: 98, failed: 1 }, null],
    [{ success: 101, failed: -1 }, null],
    [{}, null],
    [undefined, null],
  ])('the counts %j mean %p of 100', (payload, accepted) => {
    expect(acceptedOf(payload, 100)).toBe(accepted);
  });
});

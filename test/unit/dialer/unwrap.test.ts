import { describe, expect, test } from '@jest/globals';
import { readRetryAfter, unwrap } from '../../../src/dialer/unwrap.ts';
import { answer, thrownBy } from '../../support/dialer/refusals.ts';

describe('readRetryAfter', () => {
  const now = Date.UTC(2026, 0, 1, 0, 0, 0);
  test.each([
    ['7', 7000],
    ['0', 0],
    ['1.5', 1500],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['Wed, 31 Dec 2025 23:59:00 GMT', 0],
    ['later', null],
    ['', null],
    [null, null],
  ])('%p asks for %p ms', (header, ms) => {
    expect(readRetryAfter(header, now)).toBe(ms);
  });
});

describe('unwrap', () => {
  test('takes data, else the whole body, and meta', () => {
    expect(unwrap(answer(200, '{"data":[1],"meta":{"total":1}}'), false)).toMatchObject({
      payload: [1],
      meta: { total: 1 },
    });
    expect(unwrap(answer(200, '{"uuid":"a"}'), false).payload).toEqual({ uuid: 'a' });
    expect(unwrap(answer(200, '[1,2]'), false).payload).toEqual([1, 2]);
    expect(unwrap(answer(200, ''), true)).toEqual({ payload: undefined, meta: undefined, whole: undefined });
  });

  test.each(['{"code":200}', '{"code":"200"}', '{"code":0,"status":"success"}', '{"code":null}', '{"status":"ok"}'])(
    '%s is no error',
    (text) => {
      expect(() => unwrap(answer(200, text), false)).not.toThrow();
    },
  );

  test('a status of a nested object is none of the envelope', () => {
    expect(() => unwrap(answer(200, '{"data":{"status":"error","code":500}}'), false)).not.toThrow();
  });

  test.each([
    ['{"code":422,"status":"error","message":"线路不可用","data":[]}', 'platform_rejected'],
    ['{"status":"error","message":"线路不可用"}', 'platform_rejected'],
    ['{"code":"1001","message":"线路不可用"}', 'platform_rejected'],
    ['{"code":"FAIL","message":"线路不可用"}', 'platform_rejected'],
    ['{"code":401,"status":"error","message":"线路不可用"}', 'platform_unauthorized'],
    ['{"code":404,"status":"error","message":"线路不可用"}', 'platform_not_found'],
    ['{"code":429,"status":"error","message":"线路不可用"}', 'platform_rate_limited'],
    ['{"code":6007,"status":"error","message":"线路不可用"}', 'platform_task_running'],
  ])('%s on HTTP 200 is %s, with the words of the platform, and has taken no effect', (text, code) => {
    const error = thrownBy(() => unwrap(answer(200, text), true));
    expect(error.code).toBe(code);
    expect(error.details.platformMessage).toBe('线路不可用');
    expect(error.details.maybeSent).toBeUndefined();
  });

  test.each([
    [401, 'platform_unauthorized'],
    [403, 'platform_forbidden'],
    [404, 'platform_not_found'],
    [405, 'platform_rejected'],
    [422, 'platform_rejected'],
    [429, 'platform_rate_limited'],
    [302, 'platform_redirect'],
    [304, 'platform_redirect'],
  ])('HTTP %d is %s, a definite no', (status, code) => {
    const error = thrownBy(() => unwrap(answer(status, '{"message":"no"}'), true));
    expect(error).toMatchObject({ code, details: { status, platformMessage: 'no' } });
    expect(error.details.maybeSent).toBeUndefined();
    expect(thrownBy(() => unwrap(answer(status, '<html>'), true)).code).toBe(code);
  });

  test('HTTP 5xx may have taken effect', () => {
    const error = thrownBy(() => unwrap(answer(502, '<html>', 3000), true));
    expect(error).toMatchObject({ code: 'platform_server_error', details: { retryAfterMs: 3000, maybeSent: true } });
    expect(thrownBy(() => unwrap(answer(502, '<html>'), false)).details.maybeSent).toBeUndefined();
  });

  test('a running task is known by its business code on any status', () => {
    expect(thrownBy(() => unwrap(answer(400, '{"code":"6007","message":"x"}'), true)).code).toBe(
      'platform_task_running',
    );
  });

  test('the refusals of single fields are kept under their names', () => {
    const text =
      '{"message":"The given data was invalid.","errors":{"name":["名称必填","名称过长"],"remark":"x","n":[1]}}';
    expect(thrownBy(() => unwrap(answer(422, text), true)).details.fields).toEqual({
      name: ['名称必填', '名称过长'],
      remark: ['x'],
      n: [],
    });
  });

  test('phone numbers in the words of the platform are masked, and the words bounded', () => {
    const text = JSON.stringify({
      message: `号码13800138000已存在${'。'.repeat(400)}`,
      errors: { phone: ['13912345678 重复'] },
    });
    const { details } = thrownBy(() => unwrap(answer(422, text), true));
    expect(details.platformMessage).toMatch(/^号码138\*\*\*\*8000已存在/);
    expect(details.platformMessage?.length).toBe(300);
    expect(JSON.stringify(details)).not.toMatch(/13912345678/);
  });

  test('a 2xx that is not JSON is malformed', () => {
    expect(thrownBy(() => unwrap(answer(200, '<html>'), true))).toMatchObject({
      code: 'platform_malformed',
      details: { maybeSent: true },
    });
    expect(thrownBy(() => unwrap(answer(200, '{"data":['), false)).code).toBe('platform_malformed');
  });
});

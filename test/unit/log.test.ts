import { describe, expect, test } from '@jest/globals';
import { boltLogger, createLog, createMask } from '../../src/log.ts';
import { forbiddenCharacters, forbiddenInJson, forbiddenRanges } from '../support/hostile-text.ts';

function logOf(level: 'debug' | 'info' | 'warn' | 'error' = 'debug', secrets: string[] = []) {
  const lines: string[] = [];
  const log = createLog(level, (line) => lines.push(line), secrets);
  const last = (): Record<string, unknown> => JSON.parse(lines.at(-1) ?? '{}');
  return { log, lines, last };
}

describe('lines', () => {
  test('one line of JSON per event, with its time, level and message', () => {
    const { log, lines, last } = logOf();
    log.warn('two\nlines', { a: 'b\nc', n: 3, none: null, yes: true });
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain('\n');
    expect(last()).toMatchObject({ level: 'warn', message: 'two\nlines', a: 'b\nc', n: 3, none: null, yes: true });
    expect(new Date(String(last().time)).getTime()).toBeGreaterThan(Date.now() - 5_000);
  });

  test('only the level and above', () => {
    const { log, lines } = logOf('warn');
    log.debug('a');
    log.info('b');
    expect(lines).toEqual([]);
    log.warn('c');
    log.error('d');
    expect(lines).toHaveLength(2);
  });

  test('a field cannot pass for the time, the level or the message', () => {
    const { log, last } = logOf();
    log.error('real', { message: 'false', level: 'debug', time: 'never' });
    expect(last()).toMatchObject({ message: 'real', level: 'error' });
    expect(last().time).not.toBe('never');
  });

  test('what JSON cannot hold does not make logging throw', () => {
    const { log, last } = logOf();
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    log.info('odd', {
      circle,
      big: 12n,
      when: new Date(0),
      wrong: new Date(Number.NaN),
      nothing: undefined,
      f: () => 1,
    });
    expect(last()).toMatchObject({ big: '12', when: '1970-01-01T00:00:00.000Z', wrong: null });
    expect(JSON.stringify(last().circle).length).toBeLessThan(200);
    log.info('long', { list: Array.from({ length: 10_000 }, (_, i) => i) });
    expect(last().list).toHaveLength(50);
  });
});

describe('secrets', () => {
  test('by the name of a key, at any depth', () => {
    const { log, lines } = logOf();
    log.info('x', {
      token: 'a-value',
      SLACK_SIGNING_SECRET: 'b-value',
      headers: { Authorization: 'c-value', cookie: ['d-value'] },
      list: [{ dbPassword: { deep: 'e-value' } }],
    });
    expect(lines[0]).not.toMatch(/[a-e]-value/);
  });

  test('by their value, wherever it occurs', () => {
    const { log, lines } = logOf('debug', ['xoxb-abc-123', 'xoxb-abc-123-longer', 'short']);
    log.info('Bearer xoxb-abc-123-longer and xoxb-abc-123', {
      url: 'http://h/?t=xoxb-abc-123',
      deep: [{ error: new Error('with xoxb-abc-123-longer') }],
      'xoxb-abc-123': 'as a key',
      word: 'short',
    });
    expect(lines[0]).not.toContain('xoxb-abc');
    expect(lines[0]).not.toContain('-longer');
    expect(lines[0]).toContain('short');
  });

  test('an error is its name and message, and its causes', () => {
    const { log, last, lines } = logOf('debug', ['s3cret-token']);
    const cause = Object.assign(new TypeError('to 13800138000'), { config: { headers: { x: 's3cret-token' } } });
    log.error('failed', { error: new Error('outer s3cret-token', { cause }) });
    expect(last().error).toEqual({
      name: 'Error',
      message: 'outer ***',
      cause: { name: 'TypeError', message: 'to 138****8000' },
    });
    expect(lines[0]).not.toContain('s3cret');
    const endless = new Error('round');
    endless.cause = endless;
    log.error('failed', { error: endless });
    expect(last().message).toBe('failed');
  });

  test('the user and password of any address, known or not', () => {
    const { log, lines } = logOf();
    log.error('connect http://bot:pa55@proxy:3128/ failed', { cause: 'postgres://u:p%40ss@h/db and //a@b' });
    expect(lines[0]).not.toMatch(/bot|pa55|p%40ss/);
    expect(lines[0]).toContain('http://***@proxy:3128/');
  });

  test('a secret with something invisible inside', () => {
    expect(createMask(['s3cret-token'])('x s3cret\u200b-token')).toBe('x ***');
  });

  test('the longest secret goes first', () => {
    expect(createMask(['abcdef', 'abcdef-rest'])('x abcdef-rest y')).toBe('x *** y');
  });
});

describe('characters', () => {
  test.each(Object.keys(forbiddenRanges))('%s reach no line', (kind) => {
    const { log, lines, last } = logOf();
    const text = `a${forbiddenCharacters(kind).join('b')}c`;
    log.warn(text, { [text]: { deep: [text, new Error(text)] } });
    expect(lines.flatMap(forbiddenInJson)).toEqual([]);
    expect(String(last().message).replaceAll('\n', '')).toMatch(/^ab+[c…]$/);
  });

  test('a text that is not meant for a log is cut: a page in place of an answer', () => {
    const { log, lines } = logOf();
    const page = `<!doctype html>${'<p>Sign in</p>'.repeat(1_000)}`;
    log.error(page, { reason: page, cause: new Error(page) });
    expect(lines[0]?.length).toBeLessThan(3 * 2_100);
    expect(lines[0]).toContain('…');
  });

  test('the words of Bolt too', () => {
    const { log, lines } = logOf();
    boltLogger(log).error('\u001b[2J', new Error('\u202egone'));
    expect(lines[0]).not.toMatch(/u001b|\u202e/);
  });
});

describe('phone numbers', () => {
  test('are masked in message, fields, keys and numbers', () => {
    const { log, lines } = logOf();
    log.info('call 13800138000 or +86 139 1234 5678', {
      to: '0571-88885008',
      list: ['13912345678'],
      asNumber: 13_800_138_000,
      13700137000: 'a key',
    });
    expect(lines[0]).not.toMatch(/13800138000|12345678|88885008|13912345678|13700137000/);
    expect(lines[0]).toContain('138****8000');
  });

  test('ids, timestamps and figures stay as they are', () => {
    const { log, last } = logOf();
    const fields = {
      uuid: 'dfc36b34-b398-4f6b-b263-cd64c53e5185',
      ts: '1767578400.123456',
      at: '2026-01-05T02:00:00.000Z',
      epoch: 1_767_578_400_000,
      slack: 'C0SALES01',
      ms: 15_000,
      share: 0.5,
    };
    log.info('task dfc36b34-b398-4f6b-b263-cd64c53e5185', fields);
    expect(last()).toMatchObject(fields);
    expect(last().message).toBe('task dfc36b34-b398-4f6b-b263-cd64c53e5185');
  });
});

describe('Bolt', () => {
  test('its debug lines, which hold whole payloads, are never passed on', () => {
    const { log, lines } = logOf('debug');
    const logger = boltLogger(log);
    logger.setLevel('debug' as Parameters<typeof logger.setLevel>[0]);
    logger.debug('payload', { text: '13800138000' });
    expect(lines).toEqual([]);
    expect(logger.getLevel()).not.toBe('debug');
  });

  test('its other lines keep words and errors, and no objects', () => {
    const { log, last } = logOf('debug', ['xoxb-very-secret']);
    const logger = boltLogger(log);
    logger.error('failed:', new Error('token xoxb-very-secret'), { user: { phone: 'U1-payload' } });
    expect(last()).toMatchObject({ level: 'error', message: 'failed: token ***', from: 'bolt' });
    expect(JSON.stringify(last())).not.toContain('payload');
    logger.info('connected');
    expect(last()).toMatchObject({ level: 'debug', message: 'connected' });
    logger.warn('careful');
    expect(last()).toMatchObject({ level: 'warn' });
  });
});

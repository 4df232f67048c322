import { describe, expect, test } from '@jest/globals';
import { AppError } from '../../../../src/core/errors.ts';
import type { Metadata } from '../../../../src/core/model/metadata.ts';
import { createMetadataCache } from '../../../../src/core/tasks/metadata-cache.ts';
import { metadataOf } from '../../../support/core/task-samples.ts';
import { recordingLog } from '../../../support/real-store.ts';

function rig() {
  let now = 1_000_000;
  let requests = 0;
  let answer: () => Promise<Metadata> = async () => metadataOf();
  const log = recordingLog();
  const dialer = {
    metadata() {
      requests += 1;
      return answer();
    },
  };
  const cache = createMetadataCache(dialer, { now: () => now, elapsed: () => now, sleep: async () => {} }, log);
  return {
    cache,
    log,
    requests: () => requests,
    answers(next: () => Promise<Metadata>) {
      answer = next;
    },
    pass(ms: number) {
      now += ms;
    },
  };
}
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('metadata at hand', () => {
  test('none at first, but asked for; then at once and without a request while it is young', async () => {
    const { cache, requests, pass } = rig();
    expect([cache.peek(), cache.last()]).toEqual([null, null]);
    await settled();
    pass(20_000);
    expect(cache.peek()).not.toBeNull();
    expect(requests()).toBe(1);
  });

  test('getting old it is given and renewed; too old it is not given, but still the last', async () => {
    const { cache, requests, pass, answers } = rig();
    await cache.fresh();
    pass(20_001);
    expect(cache.peek()).not.toBeNull();
    expect(requests()).toBe(2);
    await settled();
    answers(() => new Promise(() => {}));
    pass(5 * 60_000);
    expect(cache.peek()).not.toBeNull();
    pass(1);
    expect(cache.peek()).toBeNull();
    expect(cache.last()).not.toBeNull();
  });

  test('callers at the same time share one request, later ones get another', async () => {
    const { cache, requests } = rig();
    const [a, b] = await Promise.all([cache.fresh(), cache.fresh()]);
    expect(a).toBe(b);
    expect(requests()).toBe(1);
    await cache.fresh();
    expect(requests()).toBe(2);
  });

  test('a failure is thrown to who waits and to nobody who looks, is logged when it begins and when it ends, and does not stick', async () => {
    const { cache, log, answers } = rig();
    answers(() => Promise.reject(new AppError('platform_timeout', 'slow')));
    await expect(cache.fresh()).rejects.toMatchObject({ code: 'platform_timeout' });
    expect(cache.peek()).toBeNull();
    await settled();
    const lines = () => log.lines.filter(({ level }) => level !== 'debug');
    expect(lines()).toMatchObject([{ level: 'warn', fields: { code: 'platform_timeout' } }]);
    answers(async () => metadataOf());
    expect((await cache.fresh()).readAt).toBe(1_000_000);
    await settled();
    expect(lines().slice(1)).toMatchObject([{ level: 'info', fields: { failures: 2, codes: ['platform_timeout'] } }]);
  });
});

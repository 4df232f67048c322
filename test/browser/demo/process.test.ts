import { describe, expect, jest, test } from '@jest/globals';
import { startDemoProcess } from '../../support/demo-process.ts';

// Each starts one or two processes of their own, which takes its time on a busy machine.
jest.setTimeout(180_000);

describe('npm run demo', () => {
  test('prints its address, and ends cleanly on Ctrl-C', async () => {
    const demo = await startDemoProcess();
    try {
      expect(await (await fetch(demo.url)).text()).toContain('<script>');
      expect(await demo.leftBehind()).not.toEqual([]);
      expect(await demo.stop('SIGINT')).toBe(0);
      expect(await demo.leftBehind()).toEqual([]);
      expect(demo.output()).not.toMatch(/error|warn|at .*\.ts:/i);
    } finally {
      await demo.dispose();
    }
  });

  test('a second one takes another port, and leaves nothing behind either', async () => {
    const first = await startDemoProcess();
    const second = await startDemoProcess({ DEMO_PORT: new URL(first.url).port });
    try {
      expect(second.url).not.toBe(first.url);
      expect((await fetch(second.url)).status).toBe(200);
      expect(await second.leftBehind()).toHaveLength(1);
      expect(await second.stop('SIGTERM')).toBe(0);
      expect(await second.leftBehind()).toEqual([]);
      expect((await fetch(first.url)).status).toBe(200);
    } finally {
      await first.dispose();
      await second.dispose();
    }
  });
});

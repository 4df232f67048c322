import { expect, test } from '@jest/globals';
import { channel, startWorld } from '../support/world.ts';

test.each(['root', 'data', 'stat'] as const)(
  'progress comes from the configured endpoint (%s shape), and is then exact',
  async (progress) => {
    const world = await startWorld({
      dialer: { speed: 0, switches: { progress } },
      config: { dialer: { progressPath: '/v1/task/progress/{id}' } },
    });
    try {
      await world.alice.command('/dial watch Spring');
      const card = await world.alice.expectCard(channel, 'Spring renewal reminder');
      await world.app.pollNow();
      await card.expectText('312 / 1,200');
      await card.expectText((message) => !JSON.stringify(message.blocks).includes('≈'));
      await world.alice.command('/dial show Win-back');
      const shown = await world.alice.expectEphemeral('Win-back');
      expect(JSON.stringify(shown.message().blocks)).not.toContain('≈');
      const asked = world.dialer.requests.filter(({ route }) => route === 'progress');
      expect(asked.length).toBeGreaterThan(0);
    } finally {
      await world.close();
    }
  },
);

test('another header, scheme and import key reach the platform', async () => {
  const world = await startWorld({
    dialer: { authHeader: 'X-Api-Key', authScheme: '', switches: { importKey: 'customerInfoList' } },
    config: { dialer: { authHeader: 'X-Api-Key', authScheme: '', importKey: 'customerInfoList', importBatch: 2 } },
  });
  try {
    await world.alice.command('/dial import Clinic');
    const form = await world.alice.expectModal('task_import');
    await form.fill({ numbers: '13800138000\n13800138001\n13800138002' }).submit();
    await (await world.alice.expectModal('task_import_send')).submit();
    await world.alice.expectModal('Import result');
    const sent = world.dialer.requests.filter(({ route }) => route === 'import').map(({ body }) => JSON.parse(body));
    expect(sent).toEqual([
      { customerInfoList: [{ phone: '13800138000' }, { phone: '13800138001' }] },
      { customerInfoList: [{ phone: '13800138002' }] },
    ]);
  } finally {
    await world.close();
  }
});

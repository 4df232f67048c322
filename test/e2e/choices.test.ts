import { afterEach, describe, expect, test } from '@jest/globals';
import { startWorld, type World, type WorldOptions } from '../support/world.ts';

let world: World;
const begin = async (options: WorldOptions = {}): Promise<World> => {
  world = await startWorld(options);
  return world;
};
afterEach(() => world.close());

const texts = (value: unknown): string => JSON.stringify(value);

describe('the menus of the form', () => {
  test('hold only what the platform accepts, and say what was left out and why', async () => {
    const { alice } = await begin();
    await alice.command('/dial new');
    const form = await alice.expectModal('task_create');
    const shown = texts(form.view());

    // A line without free concurrency, a deleted script, a rule that is off, groups that are disabled or have no line.
    for (const hidden of [
      '深圳-专线(满)',
      '尊享单线',
      '旧版促销话术',
      '夜间重呼(停用)',
      '夜班客服(停用)',
      '新人组(未配线路)',
    ]) {
      expect(shown).not.toContain(hidden);
    }
    for (const offered of ['Beijing Outbound A', '会员回访标准话术', '默认', 'VIP agents', '午休时间']) {
      expect(shown).toContain(offered);
    }
    expect(shown).toContain('2 lines hidden: no free concurrency');
    expect(shown).toContain('1 script hidden: deleted');
    expect(shown).toContain('1 redial rule hidden: turned off');
    expect(shown).toContain('1 agent group hidden: disabled');
    expect(shown).toContain('1 agent group hidden: no transfer line');
    expect(shown).toContain('⚠ TTS debug');
    expect(shown).toMatch(/Beijing Outbound A[^"]*of 20 free/);
    expect(shown).not.toContain('01059870042');
  });

  test('the concurrency is checked against the chosen line, at its field', async () => {
    const { alice, dialer } = await begin();
    await alice.command('/dial new Too many');
    const form = await alice.expectModal('task_create');
    await form.fill({ line: 'Beijing Outbound A' }).apply();
    await form.expectText(/max \d+ on this line/);
    await form
      .fill({ script: '车险到期提醒', quiet_hours: '午休时间', redial_rule: '默认', concurrency: '99' })
      .submit();
    expect(await form.expectError('concurrency')).toMatch(/\d+/);
    expect(form.value('name')).toBe('Too many');
    expect(dialer.effects('create')).toBe(0);
  });

  test('ten thousand scripts are searched as one types', async () => {
    const { alice, dialer } = await begin({ dialer: { extra: { scripts: 10_000 } } });
    await alice.command('/dial new Big account');
    const form = await alice.expectModal('task_create');
    await form
      .fill({
        script: 'Campaign script 09999',
        line: 'Beijing Outbound A',
        quiet_hours: '午休时间',
        redial_rule: '默认',
      })
      .submit();
    await alice.expectModal('Task created');
    const sent = dialer.requests.find((request) => request.route === 'create');
    expect(JSON.parse(sent?.body ?? '')).toMatchObject({ destination_extension: 19_999 });
  });

  test('an account without anything says what is missing, and offers no way to submit', async () => {
    const { alice } = await begin({ dialer: { account: 'empty' } });
    await alice.command('/dial new');
    const form = await alice.expectModal('task_create');
    expect(form.text()).toContain('No lines are available.');
    expect(form.view().submit).toBeUndefined();
  });

  test('metadata that cannot be had: the view says why, and Try again opens the form', async () => {
    const { alice, dialer } = await begin({ faults: [{ kind: 'status', route: 'init', status: 503, body: 'html' }] });
    await alice.command('/dial new Later');
    const problem = await alice.expectModal('New calling task');
    await problem.expectText('Reference', { timeoutMs: 30_000 });
    dialer.faults.clear();
    await problem.press('form_retry');
    const form = await alice.expectModal('task_create', { timeoutMs: 30_000 });
    expect(form.value('name')).toBe('Later');
  });
});

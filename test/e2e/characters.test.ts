import { afterEach, describe, expect, test } from '@jest/globals';
import { forbiddenIn } from '../support/hostile-text.ts';
import { parts } from '../support/view-text.ts';
import { startWorld, taskNamed, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

const patience = { timeoutMs: 10_000 };

/** Names as a platform may hold them, and what a person types to mean each. */
const names = [
  ['\u001b[2Jsteer \u202egnp.exe', '[2Jsteer gnp.exe'],
  ['tags\u{e0041}\u{e0042} and \u0007bells', 'tags and bells'],
  ['broken \ud800 half', 'broken half'],
  ['two\r\nlines\u2028more', 'two lines more'],
  ['no\u00a0break\u202fblank\u3000here', 'no break blank here'],
  ['“curly” Li’s', '"curly" Li\'s'],
  ['Cafe\u0301 zero\u200bwidth', 'Caf\u00e9 zerowidth'],
  [':fire: R&D <b> *x*', ':fire: R&D <b> *x*'],
  ['尊享线路'.repeat(500), '尊享线路'.repeat(15)],
] as const;

/** A world whose platform holds these tasks, paused, and nothing else. */
async function withNames(): Promise<World> {
  world = await startWorld({ dialer: { account: 'fresh', extra: { tasks: names.length } } });
  const { dialer } = world;
  for (const [index, { uuid }] of dialer.tasks.entries()) dialer.rival(uuid, { name: names[index]?.[0] ?? 'spare' });
  return world;
}

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}

describe('names that cannot be typed', () => {
  test('are shown without what steers, turns or hides, and address nobody', async () => {
    const { alice, slack } = await withNames();
    await alice.command('/dial list');
    await alice.expectEphemeral(`${names.length} tasks`);
    for (const place of names.keys()) await alice.command(`/dial show ${place + 1}`);
    await alice.expectEphemeral('尊享线路尊享线路');
    const messages = slack.snapshot('alice').channels.flatMap((seen) => seen.messages);
    expect(parts(messages, 'mrkdwn').length).toBeGreaterThan(names.length);
    expect(strings(messages).flatMap(forbiddenIn)).toEqual([]);
    const markup = parts(messages, 'mrkdwn').map(({ text }) => String(text));
    expect(markup.join('\n')).toContain(':\u200bfire:');
    expect(markup.join('\n')).not.toContain(':fire:');
  });

  test.each(names.map(([name, typed], index) => ({ typed, index, name: JSON.stringify(name.slice(0, 30)) })))(
    '$name is deleted by what people type',
    async ({ typed, index }) => {
      const { alice, dialer } = await withNames();
      const uuid = dialer.tasks[index]?.uuid ?? '';
      await alice.command('/dial list');
      await alice.expectEphemeral(`${names.length} tasks`);
      await alice.command(`/dial delete ${uuid}`);
      const form = await alice.expectModal('task_delete', patience);
      await form.fill({ confirm_name: typed }).submit();
      await alice.expectModal('Task deleted', patience);
      expect(dialer.tasks.some((task) => task.uuid === uuid)).toBe(false);
    },
  );
});

test('a name goes through every form and comes out as it was typed', async () => {
  world = await startWorld();
  const { alice, dialer } = world;
  const name = 'R&D <b> &lt; ＆ "q" :fire: http://a.example';
  await alice.command(`/dial new ${name}`);
  const form = await alice.expectModal('task_create', patience);
  expect(form.value('name')).toBe(name);
  await form
    .fill({ script: 'Renewal reminder v3', line: 'Beijing Outbound A', quiet_hours: '午休时间', redial_rule: '默认' })
    .apply();
  await form.submit();
  await alice.expectModal('Task created', patience);
  const { uuid } = taskNamed(dialer, name);
  await alice.command(`/dial edit ${uuid}`);
  const edit = await alice.expectModal('task_edit', patience);
  expect(edit.value('name')).toBe(name);
  await edit.fill({ remark: 'a & b' }).submit();
  await (await alice.expectModal('task_edit_save', patience)).submit();
  await alice.expectModal('Task saved', patience);
  expect(taskNamed(dialer, name)).toMatchObject({ uuid });
});

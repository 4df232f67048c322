import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Json } from '../../sandbox/slack/protocol.ts';
import { foreignWords } from '../support/words.ts';
import { channel, startWorld, type World } from '../support/world.ts';

/** The journey of a Chinese operator, in a workspace whose common language is Chinese. */
let world: World;
beforeAll(async () => {
  world = await startWorld({ config: { locale: 'zh-CN', redialQuietMs: 0 } });
});
afterAll(() => world.close());

/** Every text a person reads in Block Kit: not ids, values, or addresses. */
function wordsShown(node: unknown, into: string[] = []): string[] {
  if (Array.isArray(node)) for (const item of node) wordsShown(item, into);
  else if (typeof node === 'object' && node !== null) {
    const json = node as Json;
    if ((json.type === 'plain_text' || json.type === 'mrkdwn') && typeof json.text === 'string') into.push(json.text);
    else for (const value of Object.values(json)) wordsShown(value, into);
  }
  return into;
}

/** The platform’s own data, command words, and names of formats. */
const allowed = (): (string | RegExp)[] => [
  ...world.dialer.tasks.map((task) => task.name),
  /<[@#!][^>]*>/,
  /`[^`]*`/,
  'Renewal reminder v3',
  'Appointment confirmation',
  'NPS survey (short)',
  'Beijing Outbound A',
  'Overseas Demo Trunk',
  'Retry no answer ×2',
  'No answer, busy or rejected: twice, 30 minutes apart',
  'VIP agents',
  'Dialdeck',
  'Slack',
  'CSV',
  'TXT',
  'XLSX',
  'TTS',
  'UTC',
  'UTF-8',
  'utf-8',
  // What the person typed.
  'xyz',
  'abc',
];

test('no English word on any view from the panel to the finished card', async () => {
  const { limei, dialer, app, slack } = world;
  await limei.command('/dial');
  await limei.expectEphemeral();
  for (const command of [
    '帮助',
    '帮助 导入',
    '列表',
    '列表 运行中',
    '查看 双十一',
    '查看 没有的任务',
    '启动 回访',
    '订阅 双十一',
    '订阅',
    '退订 双十一',
    'xyz',
    '修改 新品',
    '暂停 双十一',
    '启动 新品试用调研',
  ]) {
    await limei.command(`/dial ${command}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
    if (limei.snapshot().views.length > 0) {
      await new Promise((resolve) => setTimeout(resolve, 400));
      await (await limei.expectModal()).close({ all: true });
    }
  }

  await limei.command('/dial 新建 秋季回访');
  const form = await limei.expectModal('task_create');
  await form
    .fill({
      script: '会员回访标准话术',
      line: 'Beijing Outbound A',
      quiet_hours: '不限时段',
      redial_rule: '默认',
      concurrency: '999',
    })
    .submit();
  await form.expectError('concurrency');
  await form.fill({ concurrency: '4' }).submit();
  const created = await limei.expectModal('任务已创建', { timeoutMs: 10_000 }).catch(() => limei.expectModal());
  await created.press('task_import');
  const list = await limei.expectModal('task_import');
  await list
    .fill({ numbers: `${Array.from({ length: 8 }, (_, i) => `1390013900${i}`).join('\n')}\nabc\n123` })
    .submit();
  const preview = await limei.expectModal('task_import_send');
  await preview.submit();
  const result = await limei.expectModal('导入结果');
  await result.press('task_start');
  await limei.expectCard(channel, /秋季回访[\s\S]*呼叫中/);
  dialer.clock.advance(1_800_000);
  for (let poll = 0; poll < 4; poll++) await app.pollNow();
  await limei.expectCard(channel, /秋季回访[\s\S]*已完成/);
  await limei.command('/dial 删除 秋季回访');
  const asked = await limei.expectModal('task_delete');
  await asked.close({ all: true });
  await limei.command('/dial 修改 秋季回访');
  const edit = await limei.expectModal('task_edit');
  await edit.fill({ concurrency: '2' }).submit();
  const difference = await limei.expectModal('task_edit_save');
  await difference.close({ all: true });

  const said = slack.traffic
    .exchanges()
    .filter(({ direction }) => direction === 'from-app')
    .flatMap(({ name, sent, answer }) => {
      const text = typeof sent.text === 'string' && /^(chat\.|response)/.test(name) ? [sent.text] : [];
      const parsed = ['blocks', 'view'].flatMap((key) => {
        const value = sent[key];
        return value === undefined ? [] : wordsShown(typeof value === 'string' ? JSON.parse(value) : value);
      });
      return [...text, ...parsed, ...(name === 'ack' ? wordsShown(answer) : [])];
    });
  const acks = slack.traffic
    .exchanges()
    .filter(({ direction }) => direction === 'to-app')
    .flatMap(({ answer }) => wordsShown(answer));
  const texts = [...new Set([...said, ...acks])];
  expect(texts.length).toBeGreaterThan(100);
  const english = texts.flatMap((text) => {
    const words = foreignWords(text.replaceAll(/<https?:[^|>]*\|/g, ''), allowed());
    return words.length === 0 ? [] : [`${words.join(' ')} — ${text.slice(0, 120)}`];
  });
  expect(english).toEqual([]);
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PersonClient } from '../../sandbox/slack/client.ts';
import type { Posted } from '../../sandbox/slack/client/posted.ts';
import { appFromManifest, defaultSeed } from '../../sandbox/slack/seed.ts';
import type { Catalogue } from '../../src/i18n/en.ts';
import { en } from '../../src/i18n/en.ts';
import { zhCN } from '../../src/i18n/zh-CN.ts';
import { type CommandName, commandNames } from '../../src/slack/command-words.ts';
import { manifestOf } from '../../src/slack/manifest.ts';
import { eventually } from '../support/eventually.ts';
import { startWorld, type World } from '../support/world.ts';

/** Every example of help, pasted as it is printed, wherever people can write to the app. */
let world: World;
const member = ['alice', 'limei', 'bot'];
const channels = ['campaigns', '外呼'].map((name, index) => ({
  id: `C0EXAMPLE${index}`,
  name,
  kind: 'public' as const,
  members: member,
}));

beforeAll(async () => {
  const app = appFromManifest(manifestOf({ command: '/dial', publicUrl: null }));
  world = await startWorld({
    dialer: { speed: 0 },
    slack: { seed: { app, channels: [...defaultSeed.channels, ...channels] } },
    config: { access: { allowGuests: false, share: { interactions: 10_000, windowMs: 1_000 } } },
  });
  world.dialer.tasks.forEach(({ uuid }, index) => {
    if (index < 2) world.dialer.rival(uuid, { name: ['Spring renewal', '春季续费'][index] ?? '' });
  });
  await world.app.pollNow();
});
afterAll(() => world.close());

/** What the examples name, and what is called so in this account. */
const namedHere: readonly (readonly [example: string, here: string])[] = [
  ['Line A', 'Beijing Outbound A'],
  ['East 1', 'Overseas Demo'],
  ['华东 1', '杭州'],
  ['Lunch', '午休'],
  ['Night', '休息'],
  ['夜间', '休息'],
];

/** What may come of a command: the form that opens, or what the answer says. */
const expected: Record<CommandName, (t: Catalogue) => (string | RegExp)[]> = {
  new: () => ['task_create'],
  list: (t) => [t.list.numbersHint, t.list.noMatch],
  show: (t) => [t.buttons.postHere],
  edit: () => ['task_edit'],
  start: () => [/has started|Start \*|cannot be started|已启动|确定启动|无法启动/],
  pause: () => [/is paused|are paused|none of them is on|已暂停|没有正在运行/],
  delete: () => ['task_delete'],
  import: () => ['task_import'],
  imports: () => [/import|导入/i],
  dnc: (t) => ['do_not_call', new RegExp(`${t.doNotCall.count(1).replace(/\d+/, '\\d+')}|\\d`)],
  watch: (t) => [
    /watched|Watched|test message|已订阅|订阅|测试/,
    'notice_settings_save',
    new RegExp(t.subscriptions.heading),
  ],
  unwatch: () => [/watched|退订|订阅/],
  mute: () => [/muted|静音/],
  quiet: (t) => [t.quiet.heading, /Quiet hours|禁呼/],
  help: (t) => [t.answers.help, t.answers.examples],
};

/** Where people write, and how what they paste reaches the app there. */
const places: Record<string, (person: PersonClient, root: Posted, words: string) => Promise<unknown>> = {
  'the slash command': (person, _, words) => person.command(`/dial ${words}`),
  'a mention in a channel': (person, _, words) => person.say(`@Dialdeck ${words}`),
  'a mention in a thread': (person, root, words) => person.say(`@Dialdeck \`/dial ${words}\``, { threadTs: root.ts }),
  'the direct messages': (person, _, words) => person.with(world.slack.botUserId).say(words),
};

/** What the app did since: the texts that it sent, and the form that it opened. */
async function outcomeOf(person: PersonClient, act: () => Promise<unknown>): Promise<string> {
  const { traffic } = world.slack;
  const sent = () =>
    traffic.exchanges().filter(({ direction, name, sent }) => {
      const isAnswer = /^(chat\.post|chat\.update|response_url|views\.open)/.test(name);
      return direction === 'from-app' && isAnswer && !JSON.stringify(sent).includes('task:');
    });
  const before = sent().length;
  await act();
  await eventually(() => sent().length > before);
  const [answer] = sent().slice(before);
  if (answer === undefined) throw new Error('no answer');
  if (answer.name !== 'views.open') return JSON.stringify(answer.sent).replaceAll('\\"', '"');
  const open = await eventually(() => {
    const id = person.snapshot().views.at(-1)?.view.callback_id;
    return typeof id === 'string' && id !== '' && id;
  });
  await (await person.expectModal()).close({ all: true });
  return open;
}

describe.each([
  ['alice', en],
  ['limei', zhCN],
] as const)('%s', (who, t) => {
  test.each(Object.keys(places))(
    '%s: every example of help works as printed',
    async (place) => {
      const person = world.slack.as(who).in('outbound-calls');
      const write = places[place];
      if (write === undefined) throw new Error('no place');
      const root = await person.say('a thread');
      await root.reply('a reply');
      const run = (words: string) => outcomeOf(person, () => write(person, root, words));
      const failed: string[] = [];
      await run(t.commands.list.word);
      for (const name of commandNames) {
        for (const example of t.commands[name].examples) {
          const here = namedHere.reduce((text, [from, to]) => text.replace(from, to), example);
          let outcome = await run(here);
          if (outcome.includes(t.answers.formByButton)) {
            const offer =
              place === 'the direct messages'
                ? await person.expectDm(t.answers.formByButton)
                : await person.expectEphemeral(t.answers.formByButton);
            outcome = await outcomeOf(person, () => offer.press('form_open'));
          }
          const fits = expected[name](t).some((one) =>
            typeof one === 'string' ? outcome.includes(one) : one.test(outcome),
          );
          const isLost = [t.answers.howToName, t.answers.unknownCommand('"x"').split('"x"')[0] ?? ''].some(
            (sign) => sign !== '' && name !== 'help' && outcome.includes(sign),
          );
          if (!fits || isLost) failed.push(`${here}: ${outcome.slice(0, 300)}`);
        }
      }
      expect(failed).toEqual([]);
    },
    300_000,
  );
});

import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Posted } from '../../sandbox/slack/client/posted.ts';
import type { PersonClient } from '../../sandbox/slack/client.ts';
import type { Json } from '../../sandbox/slack/protocol.ts';
import { type RunningApp, startApp } from '../../src/app.ts';
import { createLog } from '../../src/log.ts';
import { eventually } from '../support/eventually.ts';
import { signedSender } from '../support/signed-sender.ts';
import { channel, startWorld, taskNamed, type World, type WorldOptions } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

const running = '双十一会员回访';
const idle = 'Clinic appointment check';
const bot = '@dialdeck';

async function start(options: WorldOptions = {}): Promise<World> {
  world = await startWorld({ ...options, dialer: { speed: 0, ...options.dialer } });
  await world.app.pollNow();
  return world;
}

const direct = (person: PersonClient): PersonClient => person.with(world.slack.botUserId);
const count = (route: string): number => world.dialer.requests.filter((request) => request.route === route).length;
const answersIn = (of: Posted) => of.message().replies.filter(({ user }) => user === world.slack.botUserId);

describe('a mention', () => {
  beforeEach(() => start());

  test('in a channel is answered where only its person sees it', async () => {
    const { alice, slack } = world;
    const said = await alice.say(`${bot} list`);
    const list = await alice.expectEphemeral('*Tasks*');
    expect(list.message().threadTs).toBeNull();
    expect(answersIn(said)).toEqual([]);
    expect(slack.snapshot('limei').channels.flatMap(({ messages }) => messages)).toHaveLength(1);
  });

  test('in a thread is answered in the thread, privately; so are the buttons of that answer', async () => {
    const { alice, limei } = world;
    const root = await limei.say('Which campaigns are on?');
    await root.reply('Let us see.');
    await alice.say(`${bot} show ${running}`, { threadTs: root.ts });
    const card = await alice.expectEphemeral(running);
    expect(card.message().threadTs).toBe(root.ts);
    await card.press('task_pause');
    const paused = await alice.expectEphemeral('is paused');
    expect(paused.message().threadTs).toBe(root.ts);
    expect(taskNamed(world.dialer, running).started).toBe(false);
  });

  test('that needs a form gets a button which opens it', async () => {
    const { alice } = world;
    await alice.say(`${bot} new Autumn renewal`);
    const offer = await alice.expectEphemeral('This needs a form');
    await offer.press('form_open');
    const form = await alice.expectModal('task_create');
    expect(JSON.stringify(form.view().blocks)).toContain('Autumn renewal');
  });

  test('of a task whose form it asks for is understood before the button', async () => {
    const { alice } = world;
    await alice.say(`${bot} edit 没有的任务`);
    await alice.expectEphemeral('No task matches');
    await alice.say(`${bot} edit ${idle}`);
    await (await alice.expectEphemeral('This needs a form')).press('form_open');
    await alice.expectModal('task_edit');
  });

  test('within a sentence starts nothing, but by the button; a pause is carried out', async () => {
    const { alice, dialer } = world;
    await alice.say(`We must never let ${bot} start ${idle} again`);
    const offer = await alice.expectEphemeral('if you want me to');
    expect(count('start')).toBe(0);
    expect(offer.buttons().map(({ text }) => text)).toEqual([`start ${idle} again`]);
    await alice.say(`Quick! ${bot} pause ${running}`);
    await eventually(() => !taskNamed(dialer, running).started);
  });

  test('alone opens the panel; with a file it offers to import it', async () => {
    const { alice } = world;
    await alice.say(bot);
    await alice.expectEphemeral('Calling tasks');
    await alice.say(`${bot} import ${idle}`, { files: [{ name: 'a.txt', content: '13800138000' }] });
    await (await alice.expectEphemeral('a.txt')).press('form_open');
    const form = await alice.expectModal('task_import');
    expect(JSON.stringify(form.view().blocks)).toContain(taskNamed(world.dialer, idle).uuid);
  });
});

describe('the direct messages', () => {
  beforeEach(() => start());

  test('take the same words, and answer in the thread with ordinary messages', async () => {
    const { alice } = world;
    const asked = await direct(alice).say('list');
    const list = await alice.expectDm('*Tasks*');
    expect(list.message()).toMatchObject({ ephemeral: false, threadTs: asked.ts });
    expect(list.text()).not.toContain('/dial');
    // A page takes the place of the answer; another answer comes beneath it.
    await list.press('list_filter:by', { choose: 'running' });
    await list.expectText('Running');
    expect(answersIn(asked)).toHaveLength(1);
    await direct(alice).say('pause 1', { threadTs: asked.ts });
    await alice.expectDm('is paused');
    expect(answersIn(asked)).toHaveLength(2);
  });

  test('a question in them is replaced by what came of it', async () => {
    const { limei, dialer } = world;
    // Without a blank nothing is started at once, whatever the word.
    await direct(limei).say(`恢复${idle}`);
    await limei.expectDm('确定启动');
    const asked = await direct(limei).say(`启动${idle}`);
    const question = await limei.expectDm('确定启动');
    expect(count('start')).toBe(0);
    await question.press('task_start_anyway');
    await question.expectText('已启动');
    expect(taskNamed(dialer, idle).started).toBe(true);
    expect(answersIn(asked)).toHaveLength(1);
  });

  test.each([
    [`暂停${running}`, '已暂停'],
    ['暂停全部', '已暂停'],
    [running, running],
    [`状态 ${running}`, running],
    ['进度', '任务列表'],
    ['面板', '外呼任务'],
    ['帮助导入', '导入 3'],
    ['`/dial 帮助 暂停`', '暂停 全部'],
  ])('understand %s', async (words, answer) => {
    const { limei } = world;
    await direct(limei).say(words);
    await limei.expectDm(answer);
  });

  test('a name that begins with a command is shown, not acted on', async () => {
    const { limei, dialer } = world;
    const { uuid } = taskNamed(dialer, running);
    dialer.rival(uuid, { name: '暂停服务通知' });
    await world.app.pollNow();
    await direct(limei).say('暂停服务');
    await limei.expectDm('暂停服务通知');
    expect(count('stop')).toBe(0);
  });

  test('a typing error gets a button with what was meant, and one with help', async () => {
    const { alice, dialer } = world;
    await direct(alice).say(`puase ${running}`);
    const answer = await alice.expectDm('Did you mean `pause`?');
    expect(answer.buttons().map(({ text }) => text)).toEqual([`pause ${running}`, 'Help']);
    await answer.press('run_words:0');
    await eventually(() => !taskNamed(dialer, running).started);
    await answer.press('run_words:1');
    await alice.expectDm('What you can do here');
  });

  test('work in progress is said, and its answer takes the place of that', async () => {
    const { alice, dialer } = world;
    dialer.faults.add({ route: 'stop', kind: 'delay', ms: 3_000 });
    const asked = await direct(alice).say(`pause ${running}`);
    await alice.expectDm('Working on it');
    await alice.expectDm('is paused');
    expect(answersIn(asked)).toHaveLength(1);
  });
});

describe('the shortcuts', () => {
  beforeEach(() => start());

  test('New calling task opens the form from anywhere', async () => {
    await world.alice.shortcut('new_calling_task');
    await world.alice.expectModal('task_create');
  });

  test('Watch a task here asks which, and suggests the one that the message names', async () => {
    const { alice, limei } = world;
    const message = await limei.say(`Today: ${running}`);
    await message.shortcut('watch_task_here');
    const form = await limei.expectModal('task_watch');
    await form.submit();
    await limei.expectModal(/订阅/);
    await alice.expectCard(channel, running);
  });
});

describe('what triggers nothing', () => {
  beforeEach(() => start({ mode: 'http' }));

  test('bots, edits, deletions and what the app itself says', async () => {
    const { alice } = world;
    const send = signedSender(world);
    await direct(alice).say('help');
    await alice.expectDm('What you can do here');
    const { body, event } = newestMessage(alice);
    const before = world.slack.traffic.exchanges('chat.postMessage').length;
    const words = `pause ${running}`;
    for (const changed of [
      { ...event, text: words, bot_id: 'B0OTHER001' },
      { ...event, text: words, subtype: 'bot_message' },
      { ...event, text: words, user: world.slack.botUserId },
      { ...event, text: words, edited: { user: alice.id, ts: '1.1' } },
      { ...event, subtype: 'message_changed', user: undefined, message: { ...event, text: words } },
      { ...event, subtype: 'message_deleted', user: undefined, previous_message: { ...event, text: words } },
      { ...event, text: `<@${world.slack.botUserId}> ${words}`, type: 'app_mention' },
      { ...event, text: words, channel: 'C0GENERAL1', channel_type: 'channel' },
    ]) {
      expect(await send({ kind: 'events_api', body: { ...body, event: changed } })).toMatchObject({ kind: 'acked' });
    }
    await send({ kind: 'events_api', body: { ...body, event: { ...event, text: 'help' } } });
    await eventually(() => world.slack.traffic.exchanges('chat.postMessage').length > before);
    expect(world.slack.traffic.exchanges('chat.postMessage')).toHaveLength(before + 1);
    expect(count('stop')).toBe(0);
  });
});

/** The newest message of a person that was delivered: the app hears its own as well. */
function newestMessage({ id }: PersonClient): { body: Json; event: Json } {
  const sent = world.slack.traffic
    .exchanges()
    .filter(({ direction, sent }) => direction === 'to-app' && (sent.event as Json | undefined)?.user === id)
    .at(-1)?.sent;
  if (sent === undefined) throw new Error('No message was delivered.');
  const body = structuredClone(sent);
  return { body, event: body.event as Json };
}

describe('a message that Slack delivers again', () => {
  test('acts once: on another connection, at a second bot and after a restart', async () => {
    await start({ mode: 'http' });
    const { alice, slack, dialer, app } = world;
    await direct(alice).say(`start ${idle}`);
    await alice.expectDm('has started');
    const { body } = newestMessage(alice);
    const others: RunningApp[] = [];
    const another = async (): Promise<RunningApp> => {
      const started = await startApp(world.config, { log: createLog('debug', (line) => world.logLines.push(line)) });
      others.push(started);
      slack.deliverTo(`http://127.0.0.1:${started.port}/slack/events`);
      return started;
    };
    const deliverAgain = async ({ port }: RunningApp): Promise<void> => {
      const send = signedSender({ slack, app: { port } }, { again: true });
      for (let times = 0; times < 5; times += 1) await send({ kind: 'events_api', body });
    };
    await deliverAgain(app);
    await deliverAgain(await another());
    await app.stop();
    await deliverAgain(await another());
    // What a repetition began would be over by the time that one more message has been answered.
    await direct(alice).say(`help ${randomUUID()}`);
    await alice.expectDm('Available commands');
    expect(dialer.effects('start')).toBe(1);
    const started = slack.traffic
      .exchanges('chat.postMessage')
      .filter(({ sent }) => JSON.stringify(sent).includes('has started'));
    expect(started).toHaveLength(1);
    for (const other of others) await other.stop();
  });

  test('at once over two sockets acts once', async () => {
    await start();
    const { alice, slack, dialer } = world;
    slack.faults.sendTwice('events_api');
    await direct(alice).say(`pause ${running}`);
    await alice.expectDm('is paused');
    expect(dialer.effects('stop')).toBe(1);
  });
});

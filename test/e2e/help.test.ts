import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { textOf } from '../../sandbox/slack/block-tree.ts';
import type { Posted } from '../../sandbox/slack/client/posted.ts';
import type { PersonClient } from '../../sandbox/slack/client.ts';
import type { Json } from '../../sandbox/slack/protocol.ts';
import type { Catalogue } from '../../src/i18n/en.ts';
import { en } from '../../src/i18n/en.ts';
import { zhCN } from '../../src/i18n/zh-CN.ts';
import { parseCommand } from '../../src/slack/command-words.ts';
import { eventually } from '../support/eventually.ts';
import { settled } from '../support/settled.ts';
import { channel, startWorld, type World } from '../support/world.ts';

/**
 * Everything that help prints is read out of the printed text and pasted where it was printed, so that a command is
 * tried here as soon as help shows it.
 */
let world: World;
beforeAll(async () => {
  world = await startWorld({
    dialer: { speed: 0 },
    config: {
      // No example asks first only because of its many numbers.
      startAskAbove: 10_000,
      access: { allowGuests: false, share: { interactions: 10_000, windowMs: 1_000 } },
    },
  });
  await world.app.pollNow();
});
afterAll(() => world.close());

/** On and off as at the beginning, whatever the last example did: only this task is on. */
async function restored(running = 'Spring renewal reminder'): Promise<void> {
  const { dialer } = world;
  const isOn = ({ name }: { name: string }): boolean => name === running;
  const changed = dialer.tasks.filter((task) => task.started !== isOn(task));
  for (const task of changed) dialer.rival(task.uuid, { start: isOn(task) });
  // What contradicts our own pause is believed when a second poll shows it as well.
  for (let polls = 0; polls < 2 && changed.length > 0; polls += 1) await world.app.pollNow();
}

interface Place {
  /** Writes those words there. */
  write(person: PersonClient, thread: Posted, words: string): Promise<unknown>;
  /** Also the words that mean the same. */
  aliases: boolean;
}

const places: Record<string, Place> = {
  'the slash command': { write: (person, _, words) => person.command(words), aliases: true },
  'a mention': { write: (person, _, words) => person.say(`@dialdeck ${words}`), aliases: false },
  'a mention in a thread': {
    // As Slack delivers what is pasted with its marks of code.
    write: (person, thread, words) => person.say(`@dialdeck \`${words}\``, { threadTs: thread.ts }),
    aliases: false,
  },
  'the direct messages': {
    write: (person, _, words) => person.with(world.slack.botUserId).say(words),
    aliases: true,
  },
};

const answering: ReadonlySet<string> = new Set([
  'chat.postEphemeral',
  'chat.postMessage',
  'response_url',
  'views.open',
]);

/** What the app sent since. */
const sentSince = (seq: number) =>
  world.slack.traffic.exchanges().filter((one) => one.seq > seq && one.direction === 'from-app');

const noAnswer = 'no answer';

/** What the app answers, as text. A form is as good: its button is pressed where nothing else can open it. */
async function answerTo(
  person: PersonClient,
  t: Catalogue,
  { write, sign = '' }: { write(): Promise<unknown>; sign?: string },
): Promise<string> {
  const from = world.slack.traffic.exchanges().at(-1)?.seq ?? 0;
  await write();
  const said = (): string =>
    sentSince(from)
      .map(({ sent: { text, blocks } }) =>
        [text, textOf(typeof blocks === 'string' ? JSON.parse(blocks) : blocks)].join('\n'),
      )
      .join('\n');
  // Cards and notices are posted with their key.
  const isAnswer = ({ name, sent }: { name: string; sent: Json }): boolean =>
    answering.has(name) && sent.metadata === undefined;
  await eventually(() => sentSince(from).some(isAnswer) && said().includes(sign));
  await settled(2, 20);
  if (!said().includes(t.answers.formByButton)) {
    await closeForms(person);
    return said();
  }
  const isOffer = (message: { text: string }): boolean => message.text.includes(t.answers.formByButton);
  const offered = [...person.snapshot().channels]
    .flatMap(({ id, messages }) => messages.flatMap((one) => [one, ...one.replies]).map((one) => ({ id, one })))
    .filter(({ one }) => isOffer(one))
    .sort((a, b) => Number(a.one.ts) - Number(b.one.ts))
    .at(-1);
  if (offered === undefined) throw new Error('The offer of a form is not there.');
  const isDirect = offered.id.startsWith('D');
  const matches = ({ ts }: { ts: string }): boolean => ts === offered.one.ts;
  const offer = await (isDirect ? person.expectDm(matches) : person.expectEphemeral(matches));
  await offer.press('form_open');
  await eventually(() => sentSince(from).some(({ name }) => name === 'views.open'));
  await settled(2, 20);
  await closeForms(person);
  return said();
}

async function closeForms(person: PersonClient): Promise<void> {
  if (world.slack.workspace.stack(person.id).length > 0) await (await person.expectModal()).close({ all: true });
}

/** Pasted words, out of the marks of code. */
const printed = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, words = '']) => words);

type Sentence = string | ((...words: string[]) => string);

/** The sentences by which the app says that it does not understand, finds nothing, may not or cannot. */
function refusalsOf(t: Catalogue): RegExp[] {
  const nothing = { words: null, status: null, waitMs: null, maybeSent: false, fileKind: null, fileTrouble: null };
  const facts = { ...nothing, limit: null, connection: null, hours: null };
  const sentences: Sentence[] = [
    t.answers.unknownCommand,
    t.answers.noSuchTask,
    t.answers.noTopic,
    t.lines.noMatch,
    t.pauseMany.none,
    t.preflight.refused,
    t.quiet.issue,
    t.quiet.noSuchGroup,
    t.stop.nothing,
    t.subscriptions.muteUnclear,
    t.subscriptions.noLine,
    t.subscriptions.whichLine,
    t.watch.notWatched,
    t.work.oneByOne,
    t.work.tooMany,
    ...Object.values(t.channels),
    ...Object.values(t.refusals),
    ...Object.values(t.errors).map((say) => say(facts).split(/(?<=[.。])/)[0] ?? ''),
  ];
  return sentences.map((sentence) => {
    const text = typeof sentence === 'string' ? sentence : sentence('\0', '\0', '\0');
    return new RegExp(
      text
        .split('\0')
        .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        .join('[^]*'),
    );
  });
}

describe.each([
  ['alice', en, { folder: 'docs/guide', running: 'Spring renewal reminder' }],
  ['limei', zhCN, { folder: 'docs/zh-CN/guide', running: '教育机构试听邀约' }],
] as const)('for %s', (who, t, guide) => {
  const refusals = refusalsOf(t);
  /** Whether an answer does what was pasted; help is an answer only to who asks for it. */
  const isLost = (answer: string, isAboutHelp: boolean): boolean => {
    const isHelp = answer.includes(`*${t.answers.examples}*`) || answer.includes(`*${t.answers.help}*`);
    return answer === noAnswer || refusals.some((refusal) => refusal.test(answer)) || (isHelp && !isAboutHelp);
  };

  test.each(Object.entries(places))(
    'every word of help works as printed: %s',
    async (_, { write, aliases }) => {
      const person = world.slack.as(who).in(channel);
      const thread = await person.say('a thread');
      await thread.reply('a reply');
      const ask = (words: string, sign = '') =>
        answerTo(person, t, { write: () => write(person, thread, words), sign });
      const root = aliases && write === places['the slash command']?.write ? '/dial ' : '';

      const wrong: string[] = [];
      let tried = 0;
      const paste = async (words: string, isAboutHelp: boolean): Promise<void> => {
        tried += 1;
        await restored();
        const answer = await ask(words).catch(() => noAnswer);
        if (isLost(answer, isAboutHelp)) wrong.push(`${words}\n→ ${answer}`);
      };

      await restored();
      const all = await ask(`${root}${t.commands.help.word}`, `*${t.answers.help}*`);
      const [, lines = ''] = all.split(`*${t.answers.help}*`);
      const commands = new Set(printed(lines).map((usage) => usage.slice(root.length).split(' ')[0] ?? ''));
      expect(commands.size).toBeGreaterThan(15);
      for (const command of commands) {
        const topic = await ask(`${root}${t.commands.help.word} ${command}`, `*${t.answers.examples}*`);
        const [, examples = ''] = topic.split(`*${t.answers.examples}*`);
        const [pasted, others = ''] = examples.split(t.answers.alias('\0').split('\0')[0] ?? '');
        expect([command, printed(pasted ?? '')]).not.toEqual([command, []]);
        // The numbers of the examples are those of a list.
        await ask(`${root}${t.commands.list.word}`);
        const isAboutHelp = command === t.commands.help.word;
        for (const words of printed(pasted ?? '')) await paste(words, isAboutHelp);
        const [first = ''] = printed(pasted ?? '').toReversed();
        if (aliases) for (const alias of printed(others)) await paste(first.replace(command, alias), isAboutHelp);
      }
      await lifted(person, t);
      expect(wrong).toEqual([]);
      expect(tried).toBeGreaterThan(commands.size);
    },
    300_000,
  );

  test('every command of the guide works as printed', async () => {
    const person = world.slack.as(who).in(channel);
    await startedBy(person, guide.running);
    const ask = (words: string): Promise<string> =>
      answerTo(person, t, { write: () => (words.startsWith('@') ? person.say(words) : person.command(words)) });
    const list = () => ask(`/dial ${t.commands.list.word}`);
    await list();
    const wrong: string[] = [];
    let tried = 0;
    for (const page of readdirSync(guide.folder).sort()) {
      const typed = commandsOf(readFileSync(join(guide.folder, page), 'utf8'));
      for (const words of typed) {
        tried += 1;
        await restored(guide.running);
        const answer = await ask(words).catch(() => noAnswer);
        if (isLost(answer, meant(words) === 'help')) wrong.push(`${page}: ${words}\n→ ${answer}`);
        // The numbers of the guide are those of the whole list.
        if (meant(words) === 'list') await list();
      }
      if (typed.some((words) => meant(words) === 'panic')) await lifted(person, t);
    }
    expect(wrong).toEqual([]);
    expect(tried).toBeGreaterThan(50);
  }, 300_000);
});

/** What a page tells people to write, without what is there twice. */
const commandsOf = (markdown: string): string[] => [
  ...new Set([...markdown.matchAll(/`((?:\/dial|@Dialdeck)(?: [^`]+)?)`/g)].map(([, words = '']) => words)),
];

/** The command that such words give. */
const meant = (words: string): string | null => {
  const parsed = parseCommand(words.replace(/^\S+/, ''));
  return 'name' in parsed ? parsed.name : null;
};

/** Makes a task one that the person runs. */
async function startedBy(person: PersonClient, name: string): Promise<void> {
  await restored('');
  await person.command(`/dial start ${name}`);
  await eventually(() => world.dialer.tasks.some((task) => task.name === name && task.started));
}

/** Ends the emergency stop that an example ordered. */
async function lifted(person: PersonClient, t: Catalogue): Promise<void> {
  const { ts: before } = await person.say('now');
  const isNew = ({ ts }: { ts: string }): boolean => Number(ts) > Number(before);
  await person.command('/dial resume');
  const question = await person.expectEphemeral(
    (one) => isNew(one) && JSON.stringify(one.blocks).includes('stop_lift'),
  );
  await question.press('stop_lift', { confirm: true });
  await person.expectEphemeral((one) => isNew(one) && one.text.includes(t.stop.over));
}

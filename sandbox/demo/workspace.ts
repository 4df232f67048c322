import type { Catalogue } from '../../src/i18n/en.ts';
import { catalogueOf, type Locale } from '../../src/i18n/translator.ts';
import { commands } from '../../src/slack/command-words.ts';
import { manifestOf } from '../../src/slack/manifest.ts';
import { appFromManifest, defaultSeed, type Seed, type SeedApp, type SeedChannel } from '../slack/seed.ts';
import type { SlackSandbox } from '../slack/server.ts';
import { chooseBoard } from './choose-board.ts';

/** The channel with the cards of the morning. */
export const callsChannel = 'outbound-calls';

/** The channel with all tasks on one board. */
const boardChannel = 'call-board';

/** The app as its own manifest describes it, so that the demo grants no scope that a real workspace would not. */
function demoApp(t: Catalogue): SeedApp {
  const app = appFromManifest(manifestOf({ command: '/dial', publicUrl: null }));
  const subcommands = commands.map(({ name }) => ({ word: t.commands[name].word, hint: t.commands[name].hint }));
  return { ...app, commands: app.commands.map((command) => ({ ...command, subcommands })) };
}

/** The page opens the first unread channel, so the one with the cards comes first. */
const channels: SeedChannel[] = [
  {
    id: 'C0CALLS001',
    name: callsChannel,
    kind: 'public',
    topic: 'Campaigns of the day · 今日外呼',
    members: ['alice', 'limei', 'bob', 'bot'],
    messages: [
      { from: 'limei', minutesAgo: 46, text: '深圳专线已经满了，新任务请用杭州或上海的线路。' },
      {
        from: 'alice',
        minutesAgo: 43,
        text: 'Thanks. I’ll use Beijing for the renewals and leave Hangzhou to you.',
      },
    ],
  },
  {
    id: 'C0BOARD001',
    name: boardChannel,
    kind: 'public',
    topic: 'All tasks on one board · 任务看板',
    members: ['alice', 'limei', 'bob', 'bot'],
  },
  {
    id: 'C0GENERAL1',
    name: 'general',
    kind: 'public',
    topic: 'Company-wide',
    members: ['alice', 'limei', 'bob', 'bot'],
    messages: [
      { from: 'bob', minutesAgo: 95, text: 'Last week’s numbers are in the shared folder.' },
      { from: 'limei', minutesAgo: 90, text: '收到，下午三点一起过一遍。' },
    ],
  },
  {
    id: 'C0LEADS001',
    name: 'leads',
    kind: 'private',
    topic: 'Approvals · 审批',
    members: ['alice', 'limei'],
    messages: [
      { from: 'limei', minutesAgo: 30, text: '车险到期提醒先暂停：话术还在等法务确认，确认后我来启动。' },
      { from: 'alice', minutesAgo: 28, text: 'OK, nobody touches the car insurance task.' },
    ],
  },
  {
    id: 'C0LOUNGE01',
    name: '茶水间',
    kind: 'public',
    topic: '闲聊',
    members: ['limei', 'bob'],
    messages: [{ from: 'limei', minutesAgo: 120, text: '桂花糕在二楼，先到先得 🍵' }],
  },
];

/** The page opens as the first person: one who reads the language of the demo. */
export function demoWorkspace(locale: Locale): Partial<Seed> {
  const reads = ({ locale: of }: { locale: string }): boolean => of.startsWith(locale.slice(0, 2));
  const people = defaultSeed.people.toSorted((a, b) => Number(reads(b)) - Number(reads(a)));
  return { channels, people, app: demoApp(catalogueOf(locale)) };
}

/** One task for each state of a morning: waiting for its quiet hours to end, nearly done, in progress. */
const watched = ['早教课程邀约', '教育机构试听邀约', 'Spring renewal reminder'];

/** What people did before the visitor came: asked for cards and a board, and talked about them. Needs the running app. */
export async function furnish(slack: SlackSandbox): Promise<void> {
  const lead = slack.as('limei').in(callsChannel);
  const viewer = slack.as('bob').in(callsChannel);
  readOwnMessages(slack);
  const request = await viewer.say('Can we have the running campaigns in here? I’d like to follow them from London.');
  for (const name of watched) {
    await untilShown(
      () => lead.command(`/dial watch ${name}`),
      () => lead.expectCard(callsChannel, name, patience),
    );
    await lead.expectEphemeral(name);
  }
  const onBoard = slack.as('limei').in(boardChannel);
  await chooseBoard(onBoard);
  await untilShown(
    () => onBoard.command('/dial watch all'),
    () => onBoard.expectCard(boardChannel, '', patience),
  );
  forgetPrivateNotes(slack);
  await request.reply('都在这里了，卡片会自己更新。');
  await viewer.say('Perfect, thank you! I see 教育机构 is almost done.');
}

/** How long a command may take before it is typed again, and how often it is: a machine may be slow. */
const patience = { timeoutMs: 20_000 };
const maxTries = 5;

async function untilShown(type: () => Promise<unknown>, shown: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    await type();
    try {
      await shown();
      return;
    } catch (error) {
      if (tries === maxTries) throw error;
    }
  }
}

/** Slack shows a private note until its reader reloads; these were read long ago. */
function forgetPrivateNotes({ workspace }: SlackSandbox): void {
  for (const name of [callsChannel, boardChannel]) {
    const notes = workspace.channel(name)?.messages.filter((message) => message.ephemeralFor !== null) ?? [];
    for (const note of notes) workspace.remove(note);
  }
}

/** People have read what they wrote. */
function readOwnMessages({ workspace }: SlackSandbox): void {
  for (const channel of workspace.channels.values()) {
    for (const message of channel.messages) channel.readUpTo.set(message.user, message.ts);
  }
}

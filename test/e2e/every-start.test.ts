import { afterEach, describe, expect, test } from '@jest/globals';
import type { Posted } from '../../sandbox/slack/client/posted.ts';
import { initialValues } from '../../sandbox/slack/form.ts';
import type { Json } from '../../sandbox/slack/protocol.ts';
import { readHours } from '../../src/core/quiet/read-hours.ts';
import { en } from '../../src/i18n/en.ts';
import { zhCN } from '../../src/i18n/zh-CN.ts';
import { commandNames, commands } from '../../src/slack/command-words.ts';
import { eventually } from '../support/eventually.ts';
import { everyView, type Rendered } from '../support/every-view.ts';
import { sampleTask } from '../support/samples.ts';
import { settled } from '../support/settled.ts';
import { captured, type Payload, signedSender } from '../support/signed-sender.ts';
import { startDoors } from '../support/start-doors.ts';
import { parts } from '../support/view-text.ts';
import { channel, startWorld, taskNamed, type World } from '../support/world.ts';

/**
 * While nothing may be started, everything is tried by which anything ever could be: every button and menu of every view
 * and message, every form, every command in every place, and what was on someone's screen before, in any order. The
 * order is drawn by SEED, as often as ROUNDS says.
 */
const rounds = Number(process.env.ROUNDS ?? 1);
const firstSeed = Number(process.env.SEED ?? 1);

const patience = { timeoutMs: 60_000 };
const clinic = 'Clinic appointment check';
const hour = 3_600_000;

let world: World;
/** Added to the time of the app. */
let later = 0;
afterEach(() => world.close());

interface Door {
  name: string;
  open(): Promise<unknown>;
}

/** Legal hours of which now is within the first, for two hours. */
async function begin(): Promise<void> {
  later = 0;
  const { getUTCHours } = Date.prototype;
  const from = (getUTCHours.call(new Date()) + 23) % 24;
  const said = `${from}:00-${(from + 3) % 24}:00`;
  const read = readHours(said);
  if (read.kind !== 'known') throw new Error(said);
  world = await startWorld({
    mode: 'http',
    dialer: { speed: 0 },
    clock: { now: () => Date.now() + later },
    config: {
      legalHours: { windows: read.windows, said, outside: 'alert' },
      access: { allowGuests: false, share: { interactions: 10_000, windowMs: 1_000 } },
      dialer: { timeZone: 'UTC' },
    },
  });
  await world.app.pollNow();
}

/** Starts that are done and recorded, by the log; what only asks is one line as well. */
const endedStarts = (): number =>
  world.logLines.filter((line) => line.includes('"act":"start"') && line.includes('"outcome":"done"')).length;

const starts = (): number => world.dialer.requests.filter(({ route }) => route === 'start').length;

/** A press as Slack would deliver it, in that place. */
function pressing(place: Json, action: Json): Promise<unknown> {
  const payload: Payload = { kind: 'interactive', body: { ...place, actions: [{ ...action, action_ts: '1.1' }] } };
  return signedSender(world)(payload);
}

function buttonOf(posted: Posted, id: string): Json {
  const found = posted.buttons().find(({ actionId }) => actionId === id);
  if (found === undefined) throw new Error(`There is no ${id}.`);
  return { type: 'button', block_id: 'b', action_id: id, value: found.value };
}

/** What could be pressed on a screen before. */
async function screens(): Promise<Door[]> {
  const { alice, limei } = world;
  await alice.command(`/dial watch ${clinic}`);
  const card = await alice.expectCard(channel, clinic, patience);
  await alice.command(`/dial show ${clinic}`);
  const shown = await alice.expectEphemeral('never started', patience);
  await alice.with(world.slack.botUserId).say(`启动${clinic}`);
  const question = await alice.expectDm('Start *Clinic', patience);
  await limei.say('名单', { files: [{ name: 'list.csv', content: '手机号\n13900000001\n13900000002\n' }] });
  await (await alice.expectMessage(channel, '名单')).shortcut('import_file');
  await alice.expectModal('task_import_send', patience);
  const preview = world.slack.workspace.stack(alice.id).at(-1);
  if (preview === undefined) throw new Error('no preview');
  // By then its person may have other forms in front of them.
  const view = { ...(captured(world, 'view_submission').view as Json), ...preview.view, id: preview.id };
  const [action] = parts(view, 'button').filter(({ action_id: id }) => id === 'import_order');
  const ordered = { ...captured(world, 'view_submission'), type: 'block_actions', container: { type: 'view' }, view };
  // As they are now: also what another message takes the place of later stays on someone's screen.
  const pressed = [
    { name: 'a card', action: buttonOf(card, 'task_start') },
    { name: 'a question from before', action: buttonOf(question, 'task_start_anyway') },
  ];
  // For the payload of a press.
  await shown.press('task_start');
  await eventually(() => endedStarts() > 0);
  const inMessage = captured(world, 'block_actions');
  world.dialer.rival(taskNamed(world.dialer, clinic).uuid, { start: false });
  return [
    ...pressed.map(({ name, action }) => ({ name, open: () => pressing(inMessage, action) })),
    { name: 'import and start', open: () => pressing(ordered, { ...action }) },
  ];
}

/** Buttons, menus and forms of every view, with the id of a task that could be started. */
function drawn(taskId: string): Door[] {
  const send = signedSender(world);
  const inMessage = captured(world, 'block_actions');
  const inView = captured(world, 'view_submission');
  const seen = new Set<string>();
  return everyView(en, 'Line A').flatMap((rendered) => {
    const body: Json = JSON.parse(
      JSON.stringify('view' in rendered ? rendered.view : rendered.message).replaceAll(
        new RegExp(`${sampleTask().id}|task-\\d+`, 'g'),
        taskId,
      ),
    );
    const inModal = { ...inView, type: 'block_actions', container: { type: 'view' }, view: viewOf(inView, body) };
    const place = 'view' in rendered ? inModal : inMessage;
    const pressed = pressesIn(body).map(({ name, action }) => ({ name, open: () => pressing(place, action) }));
    const submitted = submittedIn(rendered, body, inView).map((payload) => ({
      name: `form ${String(body.callback_id)}`,
      open: () => send(payload),
    }));
    return [...pressed, ...submitted].filter(({ name }) => {
      const isNew = !seen.has(name);
      seen.add(name);
      return isNew;
    });
  });
}

const viewOf = (submission: Json, body: Json): Json => ({
  ...(submission.view as Json),
  ...body,
  state: { values: initialValues(body.blocks) },
});

/** Everything in it that can be pressed or chosen; names leave out what only counts. */
function pressesIn(body: Json): { name: string; action: Json }[] {
  return parts(body, 'button', 'overflow', 'static_select').flatMap((element) => {
    const { type, action_id: id, value, options } = element;
    const action: Json = { type, action_id: id, block_id: 'b' };
    const chosen: Json[] =
      type === 'button'
        ? [{ ...action, value }]
        : ((options as Json[] | undefined) ?? []).map((option) => ({ ...action, selected_option: option }));
    return chosen.map((one) => {
      const what = one.value ?? (one.selected_option as Json | undefined)?.value;
      return { name: `${String(id).replace(/:\d+$/, ':n')} ${what}`, action: one };
    });
  });
}

function submittedIn(rendered: Rendered, body: Json, submission: Json): Payload[] {
  if (!('view' in rendered) || rendered.view.type === 'home' || !rendered.view.submit) return [];
  return [{ kind: 'interactive', body: { ...submission, view: viewOf(submission, body) } }];
}

/** Every command about that task, behind the slash command, after a mention and in the direct messages. */
function typed(): Door[] {
  const { alice, limei, slack } = world;
  return commands.flatMap(({ name, aliases }): Door[] => {
    const { word } = zhCN.commands[name];
    const words = name === 'start' ? [name, ...aliases] : [name];
    return [
      ...words.map((one) => ({ name: `/dial ${one}`, open: () => alice.command(`/dial ${one} ${clinic}`) })),
      { name: `@dialdeck ${word}`, open: () => limei.say(`@dialdeck ${word}${clinic}`) },
      { name: word, open: () => limei.with(slack.botUserId).say(`${word} ${clinic}`) },
    ];
  });
}

/** By which these doors would change what the test is about, or take the task away. */
const isMeddling = ({ name }: Door): boolean =>
  /^(?:stop_|form task_delete)/.test(name) ||
  ['panic', 'resume'].some((command) => wordsOf(command).some((word) => name.endsWith(word)));

const wordsOf = (command: string): string[] => {
  const spec = commands.find(({ name }) => name === command);
  return [command, ...(spec?.aliases ?? [])];
};

/** The same order for the same seed. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = seed;
  const drawn = items.map((item) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return { item, place: state };
  });
  return drawn.sort((a, b) => a.place - b.place).map(({ item }) => item);
}

async function allDoors(): Promise<Door[]> {
  // For the payload of a form that was sent.
  await world.alice.command('/dial quiet 休息时间');
  const form = await world.alice.expectModal('quiet_hours_save', patience);
  await form.fill({ hours: '21:00-08:30' }).submit();
  const onScreen = await screens();
  await world.app.pollNow();
  const { uuid } = taskNamed(world.dialer, clinic);
  return [...onScreen, ...drawn(uuid), ...typed()].filter((door) => !isMeddling(door));
}

/** Opens all of them, and returns once everything that they began is over. */
async function open(doors: readonly Door[]): Promise<void> {
  for (const door of doors) await door.open();
  await settled(300);
}

describe.each(Array.from({ length: rounds }, (_, round) => firstSeed + round))('seed %s', (seed) => {
  test('outside the legal hours no start leaves by any door', async () => {
    await begin();
    const doors = shuffled(await allDoors(), seed);
    const before = starts();
    expect(doors.length).toBeGreaterThan(commandNames.length * 3 + 50);
    await world.alice.command('/dial panic');
    await world.alice.expectEphemeral('All calling is stopped', patience);
    await world.alice.command('/dial resume');
    const again = await world.alice.expectEphemeral(/Start \d+ tasks again\?/, patience);
    later = 4 * hour;
    await again.press('stop_resume');
    await again.expectText('within fixed hours only', patience);
    await world.alice.command('/dial resume');
    const question = await world.alice.expectEphemeral(
      ({ ts, blocks }) => ts !== again.ts && JSON.stringify(blocks).includes('stop_lift'),
      patience,
    );
    await question.press('stop_lift', { confirm: true });
    await open(doors);
    await world.app.stop();
    expect(starts()).toBe(before);
  }, 300_000);

  test('nor while all calling is stopped', async () => {
    await begin();
    const doors = shuffled(await allDoors(), seed);
    const before = starts();
    await world.alice.command('/dial panic');
    await world.alice.expectEphemeral('All calling is stopped', patience);
    await open(doors);
    await world.app.stop();
    expect(starts()).toBe(before);
  }, 300_000);
});

test('and the doors that start tasks do so when they may', async () => {
  await begin();
  const { dialer } = world;
  const doors = await allDoors();
  const { word } = zhCN.commands.start;
  // That an import, a schedule and the end of a stop start tasks is shown where they are tested.
  const names = [startDoors['slack/flows/act-on-task.ts'], '/dial start', word];
  const { uuid: id } = taskNamed(dialer, clinic);
  const others = [
    'a question',
    `task_start ${id}`,
    `alert_start:n start:${id}`,
    'pick:n {"op":"start"',
    'start_many {"asOf":0,',
  ];
  const starting = doors.filter(
    ({ name }) => names.includes(name) || others.some((beginning) => name.startsWith(beginning)),
  );
  expect(starting.length).toBeGreaterThanOrEqual(names.length + others.length);
  for (const { name, open: openDoor } of starting) {
    const { uuid, started } = taskNamed(dialer, clinic);
    if (started) dialer.rival(uuid, { start: false });
    for (let polls = 0; polls < 2; polls += 1) await world.app.pollNow();
    const [before, ended] = [starts(), endedStarts()];
    await openDoor();
    await eventually(() => starts() > before).catch(() => expect(name).toBe('a door that starts the task'));
    await eventually(() => endedStarts() > ended);
  }
}, 300_000);

import { describe, expect, test } from '@jest/globals';
import { AppError } from '../../../src/core/errors.ts';
import { en } from '../../../src/i18n/en.ts';
import { errorSentence } from '../../../src/i18n/sentences.ts';
import { zhCN } from '../../../src/i18n/zh-CN.ts';
import type { SlackDeps } from '../../../src/slack/deps.ts';
import { actionIds, menuVerbs } from '../../../src/slack/ids.ts';
import { listeners } from '../../../src/slack/listeners.ts';
import { manifestOf } from '../../../src/slack/manifest.ts';
import { everySizedView, everyView, type Rendered } from '../../support/every-view.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { recordingLog } from '../../support/real-store.ts';
import { type Registered, recordingApp } from '../../support/recording-app.ts';
import { parts } from '../../support/view-text.ts';

/** What makes Slack send something, as `kind id`: the kinds of payload are those of Bolt's constraints. */
type Event = { kind: string; id: string };

/** What the listeners are registered for. */
function registrations(): Registered[] {
  const { app, registered } = recordingApp();
  for (const register of listeners) register(app, { command: '/dial' } as SlackDeps);
  return registered;
}

interface Element {
  type: string;
  action_id?: string;
}

/** What a view or message makes Slack send: an input is sent with its form, and alone only where it asks for that. */
function eventsOf(rendered: Rendered): Event[] {
  const body = 'view' in rendered ? rendered.view : rendered.message;
  const action = ({ action_id }: Element): Event => ({ kind: 'block_actions', id: action_id ?? '' });
  const standing = [
    ...parts(body, 'actions').flatMap((block) => block.elements as Element[]),
    ...parts(body, 'section').flatMap((block) => (block.accessory ? [block.accessory as Element] : [])),
    ...parts(body, 'action').map((cell) => cell.element as Element),
  ];
  const inputs = parts(body, 'input');
  const dispatched = inputs.filter((block) => block.dispatch_action === true).map((block) => block.element as Element);
  const searched = [...inputs.map((block) => block.element as Element), ...standing].filter(
    ({ type }) => type === 'external_select',
  );
  return [
    ...[...standing, ...dispatched].map(action),
    ...searched.map(({ action_id }) => ({ kind: 'block_suggestion', id: action_id ?? '' })),
    ...('view' in rendered ? submissions(rendered.view) : []),
  ];
}

function submissions(view: Extract<Rendered, { view: unknown }>['view']) {
  if (view.type === 'home') return [];
  const { submit, notify_on_close, callback_id: id = '' } = view;
  return [
    ...(submit ? [{ kind: 'view_submission', id }] : []),
    ...(notify_on_close ? [{ kind: 'view_closed', id }] : []),
  ];
}

/** What the manifest puts into the menu of every message, or among what can be done from anywhere. */
const shortcuts = manifestOf({ command: '/dial', publicUrl: null }).features.shortcuts.map(
  ({ type, callback_id: id }): Event => ({ kind: type === 'message' ? 'message_action' : 'shortcut', id }),
);

const fits = (event: Event, { kind, id }: Registered) =>
  kind === event.kind && (typeof id === 'string' ? id === event.id : id.test(event.id));

describe.each(Object.entries({ en, 'zh-CN': zhCN }))('%s', (_, t) => {
  const registered = registrations();
  const drawn = new Map(
    [...everyView(t, 'Line A'), ...everySizedView(t, { name: 'Line A', options: 101 })]
      .flatMap(eventsOf)
      .concat(shortcuts)
      .map((event) => [`${event.kind} ${event.id}`, event]),
  );

  test('each id that is drawn has exactly one listener', () => {
    const counts = [...drawn].map(([name, event]) => [name, registered.filter((one) => fits(event, one)).length]);
    expect(counts.length).toBeGreaterThan(30);
    expect(counts.filter(([, count]) => count !== 1)).toEqual([]);
  });

  test('each listener has an id that some view draws', () => {
    const idle = registered.filter((one) => ![...drawn.values()].some((event) => fits(event, one)));
    expect(idle.map(({ kind, id }) => `${kind} ${id}`)).toEqual([]);
  });

  test('a card offers every verb of its menu', () => {
    const options = everyView(t, 'Line A').flatMap((rendered) =>
      parts('view' in rendered ? rendered.view : rendered.message, 'overflow').flatMap((menu) =>
        menu.action_id === actionIds.taskMenu ? (menu.options as { value: string }[]) : [],
      ),
    );
    expect([...new Set(options.map(({ value }) => value.split(':')[0]))]).toEqual([...menuVerbs]);
  });
});

test.each([
  [actionIds.taskMenu, { selected_option: { value: 'archive:t1' } }],
  [actionIds.openForm, { value: '{"form":"archive"}' }],
])('%s of a card whose value no release knows is answered', async (id, chosen) => {
  const said: { text: string }[] = [];
  const { app, registered } = recordingApp();
  const deps: Partial<SlackDeps> = {
    command: '/dial',
    log: recordingLog(),
    clock: createManualClock(),
    catalogueFor: async () => en,
  };
  for (const register of listeners) register(app, deps as SlackDeps);
  await registered
    .find((one) => one.id === id)
    ?.handle({
      ack: async () => {},
      context: {},
      body: { user: { id: 'U0ALICE' }, channel: { id: 'C0SALES' }, response_url: 'https://hooks.example' },
      action: { action_id: id, ...chosen },
      respond: async (message: { text: string }) => said.push(message),
    });
  expect(said.map(({ text }) => text)).toEqual([`⚠️ ${errorSentence(en, new AppError('other_version', ''))}`]);
});

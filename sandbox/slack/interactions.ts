import { applySubmissionAck } from './acks.ts';
import { findElement } from './block-tree.ts';
import { channelFor, type DeedAnswer, DeedError, done, messageIn, viewOf, wordsFor } from './deeds.ts';
import { mergeValues, valueKey } from './form.ts';
import { faultSentence, faultsOf } from './form-rules.ts';
import { asArray, asJson, asString } from './json.ts';
import {
  closedPayload,
  messageActionsPayload,
  shortcutPayload,
  submissionPayload,
  suggestionPayload,
  viewActionsPayload,
} from './payloads.ts';
import type { Deeds, Json } from './protocol.ts';
import { dropView, keepValues } from './views.ts';
import type { World } from './world.ts';

/** What people do with what the app made: each is a payload to the app and waits for its acknowledgement. */

/** Operates an element of a message, a modal or Home. */
export async function runAction(world: World, deed: Deeds['action']): Promise<DeedAnswer> {
  const { container, blockId, actionId } = deed;
  let payload: Json;
  if (container.type === 'message') {
    const channel = channelFor(world, container.channel, deed.as);
    const message = messageIn(world, container.channel, container.ts, deed.as);
    const found = findElement(message.blocks, blockId, actionId);
    if (!found) throw new DeedError('no_such_element');
    const own =
      valueKey(found.element.type) === null ? {} : { [blockId]: { [actionId]: stateOf(found.element, deed.value) } };
    const values = mergeValues(message.blocks, { ...deed.values, ...own });
    const action = actionEntry(world, blockId, found.element, values[blockId]?.[actionId] ?? deed.value);
    payload = messageActionsPayload(world, deed.as, channel, message, action, values);
  } else {
    const stored = viewOf(world, container, deed.as);
    const found = findElement(stored.view.blocks, blockId, actionId);
    if (!found) throw new DeedError('no_such_element');
    keepValues(stored, deed.values ?? {});
    if (valueKey(found.element.type) !== null) {
      keepValues(stored, { [blockId]: { [actionId]: stateOf(found.element, deed.value) } });
    }
    const known = stored.values[blockId]?.[actionId];
    const action = actionEntry(world, blockId, found.element, known ?? deed.value);
    payload = viewActionsPayload(world, deed.as, stored, action);
  }
  const ack = await world.courier.send({
    kind: 'interactive',
    name: 'block_actions',
    title: `block_actions ${actionId}`,
    payload,
    acceptsResponse: true,
  });
  if (ack.kind === 'acked') return done;
  world.workspace.toast(deed.as, 'warning', wordsFor(world, deed.as).actionFailed);
  return { ok: false, error: ack.reason };
}

function stateOf(element: Json, value: Json): Json {
  return { ...value, type: element.type };
}

function givenValue(element: Json): Json {
  return element.value === undefined ? {} : { value: element.value };
}

/** One entry of `actions`: what the element is, and what was chosen. */
function actionEntry({ workspace }: World, blockId: string, element: Json, value: Json): Json {
  const entry: Json = {
    type: element.type,
    block_id: blockId,
    action_id: element.action_id,
    action_ts: workspace.ids.ts(),
  };
  if (element.type === 'button' || element.type === 'workflow_button') {
    return {
      ...entry,
      text: element.text,
      ...givenValue(element),
      ...(element.style === undefined ? {} : { style: element.style }),
    };
  }
  if (element.type === 'feedback_buttons') {
    const pressed = [element.positive_button, element.negative_button].map(asJson);
    const button = pressed.find((candidate) => candidate.value === value.value);
    if (!button) throw new DeedError('no_such_option');
    return { ...entry, text: button.text, value: button.value };
  }
  if (element.type === 'icon_button')
    return { ...entry, icon: element.icon, text: element.text, ...givenValue(element) };
  if (element.type === 'overflow') {
    const chosen = asJson(value.selected_option).value;
    const option = asArray(element.options).find((candidate) => asJson(candidate).value === chosen);
    if (!option) throw new DeedError('no_such_option');
    return { ...entry, selected_option: option };
  }
  const { type: _type, ...chosen } = value;
  return { ...entry, ...chosen, ...(element.placeholder === undefined ? {} : { placeholder: element.placeholder }) };
}

/** Asks the app for options. */
export async function suggest(world: World, deed: Deeds['suggest']): Promise<DeedAnswer> {
  const { container, blockId, actionId, query } = deed;
  const place =
    container.type === 'message'
      ? {
          channel: channelFor(world, container.channel, deed.as),
          message: messageIn(world, container.channel, container.ts, deed.as),
        }
      : { view: viewOf(world, container, deed.as) };
  const blocks = 'view' in place ? place.view.view.blocks : place.message.blocks;
  if (!findElement(blocks, blockId, actionId)) throw new DeedError('no_such_element');
  const ack = await world.courier.send({
    kind: 'interactive',
    name: 'block_suggestion',
    title: `block_suggestion ${actionId} “${query}”`,
    payload: suggestionPayload(world, deed.as, place, { blockId, actionId, query }),
    acceptsResponse: true,
  });
  if (ack.kind === 'failed') return { ok: false, error: ack.reason };
  const body = asJson(ack.body);
  if (Array.isArray(body.option_groups)) return { ok: true, option_groups: body.option_groups };
  if (Array.isArray(body.options)) return { ok: true, options: body.options };
  return { ok: false, error: 'invalid_options' };
}

/** Sends a modal. What the page's own check refuses never reaches the app. */
export async function submitView(world: World, deed: Deeds['submit']): Promise<DeedAnswer> {
  const { workspace } = world;
  const stored = viewOf(world, { type: 'view', viewId: deed.viewId }, deed.as);
  if (stored !== workspace.stack(deed.as).at(-1)) throw new DeedError('view_not_on_top');
  if (stored.status === 'submitting') throw new DeedError('already_submitting');
  keepValues(stored, deed.values);
  const words = wordsFor(world, deed.as);
  const faults = Object.entries(faultsOf(stored.view.blocks, stored.values));
  stored.errors = Object.fromEntries(faults.map(([blockId, fault]) => [blockId, faultSentence(words, fault)]));
  if (Object.keys(stored.errors).length > 0) {
    stored.status = 'idle';
    workspace.changed();
    return { ok: false, error: 'invalid_values', errors: stored.errors };
  }
  stored.status = 'submitting';
  workspace.changed();
  const ack = await world.courier.send({
    kind: 'interactive',
    name: 'view_submission',
    title: `view_submission ${asString(stored.view.callback_id)}`,
    payload: submissionPayload(world, deed.as, stored),
    acceptsResponse: true,
  });
  if (ack.kind === 'failed') {
    stored.status = 'failed';
    workspace.changed();
    return { ok: false, error: ack.reason };
  }
  stored.status = 'idle';
  const mistake = applySubmissionAck(world, stored, ack.body);
  if (mistake !== null) {
    world.traffic.begin({ direction: 'from-app', title: 'ack', name: 'ack', sent: { body: ack.body } })(mistake);
    if (Object.keys(stored.errors).length === 0) stored.status = 'failed';
  }
  workspace.changed();
  return stored.status === 'failed' ? { ok: false, error: 'malformed_ack' } : done;
}

/** Closes a view, or the whole stack; the app hears of those that asked for it. */
export async function closeView(world: World, deed: Deeds['close']): Promise<DeedAnswer> {
  const { workspace } = world;
  const stored = viewOf(world, { type: 'view', viewId: deed.viewId }, deed.as);
  const stack = workspace.stack(deed.as);
  const whole = deed.all === true || stored.view.clear_on_close === true;
  const closing = whole ? [...stack] : stack.slice(stack.indexOf(stored));
  if (whole) workspace.modals.set(deed.as, []);
  else dropView(workspace, stored);
  workspace.changed();
  for (const view of closing.reverse()) {
    if (view.view.notify_on_close !== true) continue;
    void world.courier.send({
      kind: 'interactive',
      name: 'view_closed',
      title: `view_closed ${asString(view.view.callback_id)}`,
      payload: closedPayload(world, deed.as, view, whole),
      acceptsResponse: false,
    });
  }
  return done;
}

export async function runShortcut(world: World, deed: Deeds['shortcut']): Promise<DeedAnswer> {
  const known = world.workspace.seed.app.shortcuts.find((shortcut) => shortcut.callbackId === deed.callbackId);
  if (!known) throw new DeedError('no_such_shortcut');
  const on =
    known.type === 'global'
      ? null
      : {
          channel: channelFor(world, deed.channel ?? '', deed.as),
          message: messageIn(world, deed.channel ?? '', deed.ts ?? '', deed.as),
        };
  const payload = shortcutPayload(world, deed.as, deed.callbackId, on);
  const ack = await world.courier.send({
    kind: 'interactive',
    name: asString(payload.type),
    title: `${asString(payload.type)} ${deed.callbackId}`,
    payload,
    acceptsResponse: false,
  });
  if (ack.kind === 'acked') return done;
  world.workspace.toast(deed.as, 'warning', wordsFor(world, deed.as).shortcutFailed(known.name));
  return { ok: false, error: ack.reason };
}

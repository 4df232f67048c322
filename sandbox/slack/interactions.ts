import { applySubmissionAck } from './acks.ts';
import { findElement } from './block-tree.ts';
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
import { ActionError, type ActionResult, channelFor, done, messageIn, viewOf, wordsFor } from './person-actions.ts';
import type { Json, PersonActions } from './protocol.ts';
import { dropView, keepValues } from './views.ts';
import type { World } from './world.ts';

/** What people do with what the app made: each is a payload to the app and waits for its acknowledgement. */

/** Operates an element of a message, a modal or Home. */
export async function runAction(world: World, input: PersonActions['action']): Promise<ActionResult> {
  const { container, blockId, actionId } = input;
  let payload: Json;
  if (container.type === 'message') {
    const channel = channelFor(world, container.channel, input.as);
    const message = messageIn(world, container.channel, container.ts, input.as);
    const found = findElement(message.blocks, blockId, actionId);
    if (!found) throw new ActionError('no_such_element');
    const own =
      valueKey(found.element.type) === null ? {} : { [blockId]: { [actionId]: stateOf(found.element, input.value) } };
    const values = mergeValues(message.blocks, { ...input.values, ...own });
    const action = actionEntry(world, blockId, found.element, values[blockId]?.[actionId] ?? input.value);
    payload = messageActionsPayload(world, input.as, { channel, message }, { action, values });
  } else {
    const stored = viewOf(world, container, input.as);
    const found = findElement(stored.view.blocks, blockId, actionId);
    if (!found) throw new ActionError('no_such_element');
    keepValues(stored, input.values ?? {});
    if (valueKey(found.element.type) !== null) {
      keepValues(stored, { [blockId]: { [actionId]: stateOf(found.element, input.value) } });
    }
    const known = stored.values[blockId]?.[actionId];
    const action = actionEntry(world, blockId, found.element, known ?? input.value);
    payload = viewActionsPayload(world, input.as, stored, action);
  }
  const ack = await world.dispatcher.send({
    kind: 'interactive',
    name: 'block_actions',
    title: `block_actions ${actionId}`,
    payload,
    acceptsResponse: true,
  });
  if (ack.kind === 'acked') return done;
  world.workspace.toast(input.as, 'warning', wordsFor(world, input.as).actionFailed);
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
    if (!button) throw new ActionError('no_such_option');
    return { ...entry, text: button.text, value: button.value };
  }
  if (element.type === 'icon_button')
    return { ...entry, icon: element.icon, text: element.text, ...givenValue(element) };
  if (element.type === 'overflow') {
    const chosen = asJson(value.selected_option).value;
    const option = asArray(element.options).find((candidate) => asJson(candidate).value === chosen);
    if (!option) throw new ActionError('no_such_option');
    return { ...entry, selected_option: option };
  }
  const { type: _type, ...chosen } = value;
  return { ...entry, ...chosen, ...(element.placeholder === undefined ? {} : { placeholder: element.placeholder }) };
}

/** Asks the app for options. */
export async function suggest(world: World, input: PersonActions['suggest']): Promise<ActionResult> {
  const { container, blockId, actionId, query } = input;
  const place =
    container.type === 'message'
      ? {
          channel: channelFor(world, container.channel, input.as),
          message: messageIn(world, container.channel, container.ts, input.as),
        }
      : { view: viewOf(world, container, input.as) };
  const blocks = 'view' in place ? place.view.view.blocks : place.message.blocks;
  if (!findElement(blocks, blockId, actionId)) throw new ActionError('no_such_element');
  const ack = await world.dispatcher.send({
    kind: 'interactive',
    name: 'block_suggestion',
    title: `block_suggestion ${actionId} “${query}”`,
    payload: suggestionPayload(world, input.as, place, { blockId, actionId, query }),
    acceptsResponse: true,
  });
  if (ack.kind === 'failed') return { ok: false, error: ack.reason };
  const body = asJson(ack.body);
  if (Array.isArray(body.option_groups)) return { ok: true, option_groups: body.option_groups };
  if (Array.isArray(body.options)) return { ok: true, options: body.options };
  return { ok: false, error: 'invalid_options' };
}

/** Sends a modal. What the page's own check refuses never reaches the app. */
export async function submitView(world: World, input: PersonActions['submit']): Promise<ActionResult> {
  const { workspace } = world;
  const stored = viewOf(world, { type: 'view', viewId: input.viewId }, input.as);
  if (stored !== workspace.stack(input.as).at(-1)) throw new ActionError('view_not_on_top');
  if (stored.status === 'submitting') throw new ActionError('already_submitting');
  keepValues(stored, input.values);
  const words = wordsFor(world, input.as);
  const faults = Object.entries(faultsOf(stored.view.blocks, stored.values));
  stored.errors = Object.fromEntries(faults.map(([blockId, fault]) => [blockId, faultSentence(words, fault)]));
  if (Object.keys(stored.errors).length > 0) {
    stored.status = 'idle';
    workspace.changed();
    return { ok: false, error: 'invalid_values', errors: stored.errors };
  }
  stored.status = 'submitting';
  workspace.changed();
  const ack = await world.dispatcher.send({
    kind: 'interactive',
    name: 'view_submission',
    title: `view_submission ${asString(stored.view.callback_id)}`,
    payload: submissionPayload(world, input.as, stored),
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
export async function closeView(world: World, input: PersonActions['close']): Promise<ActionResult> {
  const { workspace } = world;
  const stored = viewOf(world, { type: 'view', viewId: input.viewId }, input.as);
  const stack = workspace.stack(input.as);
  const whole = input.all === true || stored.view.clear_on_close === true;
  const closing = whole ? [...stack] : stack.slice(stack.indexOf(stored));
  if (whole) workspace.modals.set(input.as, []);
  else dropView(workspace, stored);
  workspace.changed();
  for (const view of closing.reverse()) {
    if (view.view.notify_on_close !== true) continue;
    void world.dispatcher.send({
      kind: 'interactive',
      name: 'view_closed',
      title: `view_closed ${asString(view.view.callback_id)}`,
      payload: closedPayload(world, input.as, view, whole),
      acceptsResponse: false,
    });
  }
  return done;
}

export async function runShortcut(world: World, input: PersonActions['shortcut']): Promise<ActionResult> {
  const known = world.workspace.seed.app.shortcuts.find((shortcut) => shortcut.callbackId === input.callbackId);
  if (!known) throw new ActionError('no_such_shortcut');
  const on =
    known.type === 'global'
      ? null
      : {
          channel: channelFor(world, input.channel ?? '', input.as),
          message: messageIn(world, input.channel ?? '', input.ts ?? '', input.as),
        };
  const payload = shortcutPayload(world, input.as, input.callbackId, on);
  const ack = await world.dispatcher.send({
    kind: 'interactive',
    name: asString(payload.type),
    title: `${asString(payload.type)} ${input.callbackId}`,
    payload,
    acceptsResponse: false,
  });
  if (ack.kind === 'acked') return done;
  world.workspace.toast(input.as, 'warning', wordsFor(world, input.as).shortcutFailed(known.name));
  return { ok: false, error: ack.reason };
}

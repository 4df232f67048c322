import { withIds } from './block-tree.ts';
import { initialValues, mergeValues } from './form.ts';
import { asJson, asString } from './json.ts';
import type { Json, StateValues } from './protocol.ts';
import type { Workspace } from './state.ts';
import type { StoredView } from './stored.ts';
import type { Trigger } from './triggers.ts';
import { checkView } from './validation/views.ts';
import { SlackError } from './web-api/method.ts';
import type { World } from './world.ts';

/** Opening, changing and closing views: the rules shared by the `views.*` methods and by acknowledgements. */

const deepestStack = 3;

/** The view as it is stored. Throws what validation finds, or `duplicate_external_id`. */
function prepare(
  workspace: Workspace,
  given: unknown,
  type: 'modal' | 'home',
  self: StoredView | null,
  channel: string | null,
): Json {
  const problem = checkView(given, type);
  if (problem) throw new SlackError(problem.error, problem.messages);
  const view = asJson(given);
  const externalId = asString(view.external_id);
  if (externalId !== '') {
    const other = byExternalId(workspace, externalId);
    if (other && other !== self) throw new SlackError('duplicate_external_id');
  }
  const blocks = withIds(view.blocks, () => workspace.ids.token().slice(0, 5));
  return { ...view, blocks: channel === null ? blocks : withCurrentConversation(blocks, channel) };
}

/** Presets the selects that start with the conversation the person is in. */
function withCurrentConversation(blocks: Json[], channel: string): Json[] {
  return blocks.map((block) => {
    const element = asJson(block.element);
    if (element.default_to_current_conversation !== true) return block;
    const initial =
      element.type === 'multi_conversations_select'
        ? { initial_conversations: element.initial_conversations ?? [channel] }
        : { initial_conversation: element.initial_conversation ?? channel };
    return { ...block, element: { ...element, ...initial } };
  });
}

export function byExternalId(workspace: Workspace, externalId: string): StoredView | undefined {
  const all = [...[...workspace.modals.values()].flat(), ...workspace.homes.values()];
  return all.find((stored) => stored.view.external_id === externalId);
}

/** Opens the first view of a person's stack, in place of whatever was open. */
export function openView(world: World, { user, channel }: Trigger, given: unknown): StoredView {
  const { workspace } = world;
  const view = prepare(workspace, given, 'modal', null, channel);
  const id = workspace.ids.id('V');
  const stored = fresh(workspace, { id, user, channel, type: 'modal', rootId: id, previousId: null, view });
  workspace.modals.set(user, [stored]);
  workspace.changed();
  return stored;
}

/** Puts a view on top of a person's open ones. Throws `push_limit_reached`. */
export function pushView(world: World, { user, channel }: Trigger, given: unknown): StoredView {
  const { workspace } = world;
  const stack = workspace.stack(user);
  const top = stack.at(-1);
  if (!top) return openView(world, { user, channel }, given);
  if (stack.length >= deepestStack) throw new SlackError('push_limit_reached');
  const view = prepare(workspace, given, 'modal', null, channel);
  const id = workspace.ids.id('V');
  const stored = fresh(workspace, { id, user, channel, type: 'modal', rootId: top.rootId, previousId: top.id, view });
  workspace.modals.set(user, [...stack, stored]);
  workspace.changed();
  return stored;
}

/** Replaces a view in place. Input in elements that stay is kept. */
export function updateView(world: World, stored: StoredView, given: unknown): void {
  const { workspace } = world;
  stored.view = prepare(workspace, given, stored.type, stored, stored.channel);
  stored.values = mergeValues(stored.view.blocks, stored.values);
  stored.hash = newHash(workspace);
  stored.errors = {};
  if (stored.status === 'failed') stored.status = 'idle';
  workspace.changed();
}

export function publishHome(world: World, user: string, given: unknown): StoredView {
  const { workspace } = world;
  const before = workspace.homes.get(user);
  if (before) {
    updateView(world, before, given);
    return before;
  }
  const view = prepare(workspace, given, 'home', null, null);
  const id = workspace.ids.id('V');
  const stored = fresh(workspace, { id, user, channel: null, type: 'home', rootId: id, previousId: null, view });
  workspace.homes.set(user, stored);
  workspace.changed();
  return stored;
}

/** Removes a view, and every view on top of it, from its owner's stack. */
export function dropView(workspace: Workspace, stored: StoredView): void {
  const stack = workspace.stack(stored.user);
  const at = stack.indexOf(stored);
  if (at >= 0) workspace.modals.set(stored.user, stack.slice(0, at));
  workspace.changed();
}

/** Stores the values of a view's inputs as the person's page reports them. */
export function keepValues(stored: StoredView, values: StateValues): void {
  stored.values = mergeValues(stored.view.blocks, mergeDeep(stored.values, values));
}

function mergeDeep(before: StateValues, after: StateValues): StateValues {
  const merged: StateValues = { ...before };
  for (const [blockId, actions] of Object.entries(after)) merged[blockId] = { ...merged[blockId], ...actions };
  return merged;
}

function fresh(
  workspace: Workspace,
  base: Pick<StoredView, 'id' | 'user' | 'channel' | 'type' | 'rootId' | 'previousId' | 'view'>,
): StoredView {
  return { ...base, hash: newHash(workspace), values: initialValues(base.view.blocks), errors: {}, status: 'idle' };
}

function newHash(workspace: Workspace): string {
  return `${workspace.ids.ts().split('.')[0] ?? '0'}.${workspace.ids.token().slice(0, 8)}`;
}

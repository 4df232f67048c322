import { allBlocks, textOf } from '../block-tree.ts';
import { mergeValues } from '../form.ts';
import { asArray, asObjects, asString, plainText } from '../json.ts';
import type { ActionResult } from '../person-actions.ts';
import type { Container, Json, OpenView, StateValues } from '../protocol.ts';
import { elementNamed, type Given, stateFor } from './fill.ts';
import { type Pressed, type PressOptions, pressOn } from './surface.ts';
import { type ClientParts, describeMatcher, type Matcher, matches, until, type WaitOptions } from './wait.ts';

/** One open modal, as its owner uses it. It follows the view through updates. */
export interface Modal {
  readonly id: string;
  /** The current view; fails when it is closed. */
  view(): Json;
  title(): string;
  callbackId(): string;
  /** Every text the modal shows, line by line: title, labels, hints, blocks, errors. */
  text(): string;
  /** Inline errors, `block_id` → sentence. */
  errors(): { [blockId: string]: string };
  status(): OpenView['status'];
  /** Whether it is still open. */
  isOpen(): boolean;
  /** The current value of an input. */
  value(name: string): unknown;
  /**
   * Fills inputs by `block_id`, in order, when the next step (`apply`, `press`, `submit`) runs. An input that
   * dispatches an action sends it to the app, as on the page.
   */
  fill(given: { [blockId: string]: Given }): Modal;
  apply(): Promise<Modal>;
  press(actionId: string, options?: PressOptions): Promise<Pressed>;
  /** Submits. Returns `{ ok: false, error: 'invalid_values', errors }` when the page's own check refuses it. */
  submit(): Promise<ActionResult>;
  /** Presses Cancel, or with `all` the × that closes the whole stack. */
  close(options?: { all?: boolean }): Promise<ActionResult>;
  /** Waits until the modal shows this. */
  expectText(matcher: Matcher<Json>, options?: WaitOptions): Promise<Modal>;
  expectError(blockId: string, matcher?: Matcher<string>, options?: WaitOptions): Promise<string>;
  expectClosed(options?: WaitOptions): Promise<void>;
}

function viewText(open: OpenView): string {
  const labels = allBlocks(open.view.blocks).flatMap((block) => [plainText(block.label), plainText(block.hint)]);
  const all = [plainText(open.view.title), textOf(open.view.blocks), ...labels, ...Object.values(open.errors)];
  return all.filter((part) => part !== '').join('\n');
}

export function createModal(parts: ClientParts, viewId: string): Modal {
  const container: Container = { type: 'view', viewId };
  let typed: StateValues = {};
  let queue: [string, Given][] = [];

  const find = () => parts.control.snapshot(parts.user).views.find((view) => view.id === viewId);
  const open = (): OpenView => {
    const found = find();
    if (!found) throw new Error(`The modal ${viewId} is closed.`);
    return found;
  };
  const settled = () => {
    typed = mergeValues(open().view.blocks, typed);
    return typed;
  };

  async function put(name: string, given: Given): Promise<void> {
    const { block, element } = await until(parts, `the input ${name}`, () => {
      return elementNamed(open().view.blocks, name) ?? undefined;
    });
    const blockId = asString(block.block_id);
    const actionId = asString(element.action_id);
    const state = await stateFor(parts, { container, blockId, element }, given);
    const values = settled();
    values[blockId] = { ...values[blockId], [actionId]: state };
    if (!dispatches(block, element)) return;
    await parts.control.do('action', { as: parts.user, container, blockId, actionId, value: state, values });
  }

  async function apply(): Promise<void> {
    const todo = queue;
    queue = [];
    for (const [name, given] of todo) await put(name, given);
  }

  const modal: Modal = {
    id: viewId,
    view: () => open().view,
    title: () => plainText(open().view.title),
    callbackId: () => asString(open().view.callback_id),
    text: () => viewText(open()),
    errors: () => open().errors,
    status: () => open().status,
    isOpen: () => find() !== undefined,
    value(name) {
      const found = elementNamed(open().view.blocks, name);
      const state = settled()[asString(found?.block.block_id)]?.[asString(found?.element.action_id)];
      const { type: _type, ...rest } = state ?? {};
      return Object.values(rest)[0];
    },
    fill(given) {
      queue.push(...Object.entries(given));
      return modal;
    },
    async apply() {
      await apply();
      return modal;
    },
    async press(actionId, options = {}) {
      await apply();
      return pressOn(parts, { container, blocks: open().view.blocks, values: settled() }, actionId, options);
    },
    async submit() {
      await apply();
      return parts.control.do('submit', { as: parts.user, viewId, values: settled() });
    },
    close: (options = {}) =>
      parts.control.do('close', { as: parts.user, viewId, ...(options.all === true ? { all: true } : {}) }),
    async expectText(matcher, options) {
      await until(
        parts,
        `the modal to show ${describeMatcher(matcher)}`,
        () => {
          const now = find();
          return now && matches(matcher, now.view, viewText(now)) ? true : undefined;
        },
        options,
      );
      return modal;
    },
    expectError: (blockId, matcher = '', options) =>
      until(
        parts,
        `an error at ${blockId} (${describeMatcher(matcher)})`,
        () => {
          const error = find()?.errors[blockId];
          return error !== undefined && matches(matcher, error, error) ? error : undefined;
        },
        options,
      ),
    async expectClosed(options) {
      await until(parts, 'the modal to close', () => (find() === undefined ? true : undefined), options);
    },
  };
  return modal;
}

/** Whether changing the element notifies the app at once: always outside input blocks, else with `dispatch_action`. */
function dispatches(block: Json, element: Json): boolean {
  if (block.type !== 'input') return true;
  if (block.dispatch_action !== true) return false;
  if (!asString(element.type).endsWith('_input') || element.type === 'file_input') return true;
  const config = asObjects([element.dispatch_action_config])[0];
  const triggers = asArray(config?.trigger_actions_on);
  return triggers.includes('on_character_entered');
}

import { asJson, asString, isJson } from './json.ts';
import type { Json } from './protocol.ts';
import type { StoredView } from './stored.ts';
import { dropView, pushView, updateView } from './views.ts';
import { SlackError } from './web-api/method.ts';
import type { World } from './world.ts';

/**
 * Carries out the app's response to a submission. Returns null when it was valid; otherwise a sentence about the app's
 * mistake, and the modal stays open with "We had some trouble connecting", as in Slack.
 */
export function applySubmissionAck(world: World, stored: StoredView, body: unknown): string | null {
  const { workspace } = world;
  // Closed in the meantime: there is nothing left to change.
  if (!workspace.stack(stored.user).includes(stored)) return null;
  if (body === undefined || body === null || body === '' || (isJson(body) && Object.keys(body).length === 0)) {
    dropView(workspace, stored);
    return null;
  }
  if (!isJson(body)) return 'The acknowledgement is not a JSON object.';
  try {
    switch (body.response_action) {
      case 'errors':
        return showErrors(stored, asJson(body.errors));
      case 'update':
        updateView(world, stored, body.view);
        return null;
      case 'push':
        pushView(world, stored, body.view);
        return null;
      case 'clear':
        workspace.modals.set(stored.user, []);
        return null;
      default:
        return `Unknown response_action ${JSON.stringify(body.response_action) ?? 'undefined'}.`;
    }
  } catch (error) {
    if (error instanceof SlackError) return `${error.code} ${error.messages.join(' ')}`.trim();
    throw error;
  }
}

function showErrors(stored: StoredView, errors: Json): string | null {
  const inputs = new Set<unknown>();
  for (const block of Array.isArray(stored.view.blocks) ? stored.view.blocks : []) {
    if (isJson(block) && block.type === 'input') inputs.add(block.block_id);
  }
  const known = Object.entries(errors).filter(([blockId, text]) => inputs.has(blockId) && typeof text === 'string');
  if (known.length === 0) return `No error names an input block: ${Object.keys(errors).join(', ') || 'none given'}.`;
  stored.errors = Object.fromEntries(known.map(([blockId, text]) => [blockId, asString(text)]));
  const unknown = Object.keys(errors).filter((blockId) => !inputs.has(blockId));
  return unknown.length === 0 ? null : `Errors for blocks that are no inputs of the view: ${unknown.join(', ')}.`;
}

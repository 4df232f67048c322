import { z } from 'zod';
import { parseCommand } from '../command-words.ts';
import { actionFamilies, actionIds, shortcutIds } from '../ids.ts';
import { readJson } from '../views/json-value.ts';
import { addressed, readSpoken } from './addressed.ts';
import { typedText } from './typed.ts';

const text = z.string().nullish().catch(null);
const pressed = z
  .object({ action_id: text, value: text, selected_option: z.object({ value: text }).nullish().catch(null) })
  .catch({ action_id: null, value: null, selected_option: null });
const asked = z.object({
  command: text,
  text,
  callback_id: text,
  actions: z.array(pressed).catch([]),
  /** Of an event: the user of this app, which a message mentions. */
  authorizations: z.array(z.object({ user_id: text }).catch({ user_id: null })).catch([]),
});

const pauseButtons: ReadonlySet<string> = new Set([
  actionIds.pauseTask,
  actionIds.pauseAll,
  actionIds.pauseOnBoard,
  actionIds.pauseSelected,
]);

/** Whether this asks for a pause: the command, wherever it was typed, a button, a shortcut, or the choice of a task. */
export function asksForPause(body: unknown): boolean {
  const parsed = asked.safeParse(body);
  if (!parsed.success) return false;
  const { command, text: typed, callback_id: shortcut, actions, authorizations } = parsed.data;
  if (typeof command === 'string') return isPause(typed ?? '');
  if (shortcut === shortcutIds.pauseAll) return true;
  const said = addressed(body);
  if (said !== null) {
    return isPause(readSpoken(said.text, authorizations[0]?.user_id ?? null).words);
  }
  return actions.some(({ action_id: id, value, selected_option: chosen }) => {
    if (id == null) return false;
    const given = value ?? chosen?.value ?? '';
    if (pauseButtons.has(id)) return true;
    if (actionFamilies.listRow.test(id)) return id.startsWith('list_row:pause:');
    if (actionFamilies.alert.test(id)) return given.startsWith('pause:');
    if (actionFamilies.runWords.test(id)) return isPause(given);
    return actionFamilies.pick.test(id) && pickedWord(given) === 'pause';
  });
}

/** `raw`: as Slack delivered it. */
function isPause(raw: string): boolean {
  const parsed = parseCommand(typedText(raw));
  return 'name' in parsed && (parsed.name === 'pause' || parsed.name === 'panic');
}

const picked = z.object({ op: z.string() });

function pickedWord(value: string): string | null {
  try {
    return picked.parse(readJson(value)).op;
  } catch {
    return null;
  }
}

import type { PlainTextOption } from '@slack/types';
import { z } from 'zod';
import type { Clock, Log } from '../../core/ports.ts';
import type { Catalogue } from '../../i18n/en.ts';
import type { People } from '../api/people.ts';
import { code } from '../views/mrkdwn.ts';
import { option } from '../views/parts.ts';
import { type Answerable, answerPayload } from './answer-payload.ts';

export interface NoListenerDeps {
  /** The slash command of this app, with its slash. */
  command: string;
  people: Pick<People, 'catalogueFor'>;
  clock: Clock;
  log: Log;
}

const text = z.string().optional().catch(undefined);
const named = z
  .object({
    command: text,
    action_id: text,
    actions: z
      .array(z.object({ action_id: text, name: text }))
      .optional()
      .catch(undefined),
    callback_id: text,
    view: z.object({ callback_id: text }).optional().catch(undefined),
  })
  .catch({});

/** No id of ours, and none that Slack makes up, is longer. */
const maxIdLength = 255;

/** What names the listener that a payload was meant for: a command, an action, a form, a shortcut; '' without any. */
export function idOf(body: unknown): string {
  const { command, action_id, actions, callback_id, view } = named.parse(body);
  const [action] = actions ?? [];
  const ids = [command, action?.action_id, action?.name, action_id, callback_id, view?.callback_id];
  return ids.find((id) => id !== undefined && id !== '')?.slice(0, maxIdLength) ?? '';
}

/**
 * For what this version does not know: a button, form or shortcut of another one, or another command. One log line, and
 * its person is answered in words, privately; a form keeps what was typed. Throws what the answer fails with.
 */
export async function answerUnknown(deps: NoListenerDeps, payload: Answerable): Promise<void> {
  const { caller, body, client, ack } = payload;
  const { kind, person } = caller;
  deps.log.warn('a payload has no listener', { type: kind, id: idOf(body) });
  // The view is gone, and nobody waits.
  if (kind === 'view_closed') return;
  if (person === null && kind === 'block_suggestion') return ack?.({ options: [] });
  if (person === null) return kind === 'view_submission' ? ack?.() : undefined;
  const t = await deps.people.catalogueFor(person, client);
  if (kind === 'block_suggestion') return ack?.({ options: [outdatedOption(t)] });
  await answerPayload(deps, payload, sentenceFor(kind, idOf(body), deps.command, t), { outsider: false });
}

function sentenceFor(kind: string, id: string, command: string, { otherVersion: words }: Catalogue): string {
  const ours = code(command);
  switch (kind) {
    case 'command':
      return words.command(code(id), ours);
    case 'block_actions':
      return words.button(ours);
    case 'view_submission':
      return words.form(ours);
    case 'shortcut':
    case 'message_action':
      return words.shortcut(code(`${command} help`));
    default:
      return words.other(ours);
  }
}

/** The words where Slack would say that nothing was found. A form does not take it. */
export function outdatedOption({ otherVersion }: Catalogue): PlainTextOption {
  return option('other_version', otherVersion.menu);
}

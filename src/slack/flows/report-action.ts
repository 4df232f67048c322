import { rawOf } from '../../core/model/fields.ts';
import type { OpenAction } from '../../core/model/open-action.ts';
import type { Messenger } from '../../core/ports.ts';
import { confirmationOf } from '../../core/tasks/confirmation.ts';
import type { SettledAction } from '../../core/tasks/follow-up.ts';
import { isSlackError, toSlackFailure } from '../api/errors.ts';
import { keyMetadata } from '../api/messenger.ts';
import { writeCheck } from '../bolt/check-value.ts';
import { writeRequest } from '../bolt/private-data.ts';
import { type SettledOutcome, settledMessage } from '../views/settled.ts';
import type { DirectMessages } from './report-import.ts';

/** The lookup of a lost attempt starts this much before the request of the action, because clocks differ. */
const clockSkewMs = 60_000;

/**
 * Tells a person by direct message what became of an action whose outcome was lost, once: where an earlier attempt may
 * have arrived, it is looked for first. Throws `AppError('chat_failed')`.
 */
export async function reportAction(
  direct: DirectMessages & { find: Messenger['find'] },
  settled: SettledAction,
): Promise<void> {
  const { client, catalogueFor } = direct;
  const { action, perhapsTold } = settled;
  const key = `action:${action.id}${action.late ? ':late' : ''}`;
  try {
    if (perhapsTold && (await wasTold(direct, action, key))) return;
    const body = settledMessage(outcomeOf(settled), await catalogueFor(action.person, client));
    await client.chat.postMessage({ channel: action.person, ...body, metadata: keyMetadata(key) });
  } catch (error) {
    throw toSlackFailure(error);
  }
}

/** Whether the direct messages of that person hold it. Without the scope to look: better twice than not at all. */
async function wasTold(
  { client, find }: DirectMessages & { find: Messenger['find'] },
  { person, sentAt }: OpenAction,
  key: string,
): Promise<boolean> {
  try {
    const { channel } = await client.conversations.open({ users: person });
    return channel?.id !== undefined && (await find(channel.id, key, sentAt - clockSkewMs)) !== null;
  } catch (error) {
    if (isSlackError(error, ['missing_scope'])) return false;
    throw error;
  }
}

function outcomeOf({ action, verdict, card, raw }: SettledAction): SettledOutcome {
  const { kind, person, sentAt, late, interrupted } = action;
  return {
    kind,
    verdict,
    sentAt,
    because: late ? 'late' : interrupted ? 'interrupted' : 'lost',
    name: card?.task.name ?? action.taskName ?? raw?.name ?? action.taskId,
    card,
    channel: action.channel ?? person,
    form: verdict === 'not_done' ? formOf(action, card, raw) : null,
    check: verdict === 'unsettled' ? checkOf(action) : null,
  };
}

/** The form in which the same can be asked for again, as it was filled in. */
function formOf(
  { id, kind, taskId, draft }: OpenAction,
  card: SettledAction['card'],
  raw: SettledAction['raw'],
): string | null {
  switch (kind) {
    case 'create':
      return raw === null ? null : writeRequest({ form: 'new', kept: id, typed: raw });
    case 'save': {
      if (draft === null) return null;
      return writeRequest({ form: 'edit', task: taskId, typed: rawOf(draft), alteredAt: card?.task.alteredAt ?? null });
    }
    case 'delete':
      return writeRequest({ form: 'delete', task: taskId });
    default:
      return null;
  }
}

function checkOf({ id, kind, taskId, taskName, draft, channel, person }: OpenAction): string | null {
  switch (kind) {
    case 'create':
      return writeCheck({ of: 'create', key: id, channel: channel ?? person });
    case 'save':
      return draft === null ? null : writeCheck({ of: 'save', taskId, draft });
    case 'delete':
      return writeCheck({ of: 'delete', taskId, name: confirmationOf({ id: taskId, name: taskName ?? taskId }) });
    default:
      return writeCheck({ of: kind, taskId });
  }
}

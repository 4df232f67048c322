import type { ViewOutput } from '@slack/bolt';
import { z } from 'zod';
import type { MoveEnd, MoveResult } from '../../core/lines/move.ts';
import { taskRef } from '../../core/model/task.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { issueSentence } from '../../i18n/sentences.ts';
import { writeCheck } from '../bolt/check-value.ts';
import { type Interaction, noteFailure } from '../bolt/interaction.ts';
import { messageOutcome, showOutcome } from '../bolt/outcome.ts';
import { type MovedText, type PrivateData, writePrivateData, writeRequest } from '../bolt/private-data.ts';
import { readState, readValue } from '../bolt/read-form.ts';
import { errorsAt, type Reply, working, workingView } from '../bolt/reply.ts';
import type { SlackDeps } from '../deps.ts';
import { inputIds } from '../ids.ts';
import { movedMessage, movingView } from '../views/move.ts';

/** The value of a task in the menus of the form: `<concurrency>:<id>`. */
const chosen = z
  .string()
  .regex(/^\d{1,7}:.{1,64}$/)
  .transform((text) => ({ taskId: text.slice(text.indexOf(':') + 1), concurrency: Number.parseInt(text, 10) }))
  .pipe(z.object({ taskId: taskRef, concurrency: z.number() }));

/** The form was submitted: what cannot be moved is pointed out at its field, before anything is sent. */
export function submitMove(deps: SlackDeps, view: ViewOutput, data: PrivateData, t: Catalogue): Reply {
  const values = readState(view.state.values);
  const typed: MovedText = {
    from: readValue(values, inputIds.moveFrom),
    to: readValue(values, inputIds.moveTo),
    count: readValue(values, inputIds.moveCount),
  };
  const read = readMove(typed, t);
  if ('errors' in read) return errorsAt(read.errors);
  return working(workingView('moving', data, t), (interaction) => move(deps, interaction, { ...read, typed, data }));
}

interface Move {
  from: MoveEnd;
  to: MoveEnd;
  count: number;
}

function readMove(typed: MovedText, t: Catalogue): Move | { errors: Record<string, string> } {
  const says = t.lines.move;
  const from = chosen.safeParse(typed.from);
  const to = chosen.safeParse(typed.to);
  if (!from.success) return { errors: { [inputIds.moveFrom]: says.notOnLine } };
  if (!to.success) return { errors: { [inputIds.moveTo]: says.notOnLine } };
  if (to.data.taskId === from.data.taskId) return { errors: { [inputIds.moveTo]: says.sameTask } };
  const plain = typed.count.normalize('NFKC').trim();
  if (!/^\d{1,7}$/.test(plain)) {
    const sentence = issueSentence(t, { field: 'concurrency', code: 'not_a_whole_number' });
    return { errors: { [inputIds.moveCount]: sentence } };
  }
  const count = Number(plain);
  const max = from.data.concurrency - 1;
  if (count < 1 || count > max) return { errors: { [inputIds.moveCount]: says.tooMany(Math.max(0, max)) } };
  return { from: from.data, to: to.data, count };
}

/** Moves it, and says of each step what became of it. */
async function move(
  deps: SlackDeps,
  interaction: Interaction,
  { from, to, count, typed, data }: Move & { typed: MovedText; data: PrivateData },
): Promise<void> {
  const { t, person, channel, view } = interaction;
  const result = await deps.moveConcurrency({ from, to, count, person, channel }, async (lowered, raising) => {
    await view?.update(movingView({ from: lowered, to: raising, privateMetadata: writePrivateData(data) }, t));
  });
  const failure = failureOf(result);
  const reference = failure === null ? null : noteFailure(deps, failure, 'move concurrency').reference;
  const again = writeRequest({ form: 'move', line: data.line ?? '', typed });
  const message = movedMessage({ result, reference, again, check: checkOf(result) }, t);
  await showOutcome(deps, interaction, messageOutcome(t.titles.move, message, t));
}

function failureOf(result: MoveResult) {
  if ('error' in result) return result.error;
  return 'because' in result && result.because.kind === 'refused' ? result.because.error : null;
}

/** What *Check now* looks for: the step that is not known. */
function checkOf(result: MoveResult): string | null {
  if (result.kind !== 'lowered_unknown' && result.kind !== 'raised_unknown') return null;
  const { task, draft } = result.kind === 'lowered_unknown' ? result.from : result.to;
  return writeCheck({ of: 'save', taskId: task.id, draft });
}

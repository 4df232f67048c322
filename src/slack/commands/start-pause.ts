import { readWish } from '../../core/subscriptions/read-wish.ts';
import { fold } from '../../core/text/fold.ts';
import type { Interaction } from '../bolt/interaction.ts';
import type { SlackDeps } from '../deps.ts';
import { type Act, actOnTask } from '../flows/act-on-task.ts';
import { askWhich } from '../flows/ask-which.ts';
import { pauseMany } from '../flows/pause-many.ts';
import { scopeOf } from '../flows/scope-of.ts';
import { askToStart, askToStartAll } from '../flows/start-many.ts';
import { oneOrAsk } from '../flows/which-task.ts';
import { toListMessage } from '../views/answers.ts';
import { writeJson } from '../views/json-value.ts';
import { toType } from '../views/mrkdwn.ts';
import type { Subcommand } from './subcommand.ts';

/** `start <task…>`, or `start mine | line … | name …`, unless a task has just that name: several after one question. */
export const start: Subcommand = (deps, interaction, rest) => startNamed(deps, interaction, {}, rest);

/** Like `start`, but asks before it starts anything. */
export const startAsking: Subcommand = (deps, interaction, rest) =>
  startNamed(deps, interaction, { confirm: true }, rest);

async function startNamed(
  deps: SlackDeps,
  interaction: Interaction,
  how: Pick<Act, 'confirm'>,
  rest: string,
): Promise<void> {
  const wish = readWish(rest);
  if (!isName(deps, rest) && (wish.kind === 'mine' || wish.kind === 'line' || wish.kind === 'name')) {
    const scope = await scopeOf(deps, interaction, wish, (line) => `${interaction.t.commands.start.word} line ${line}`);
    if (scope === 'answered') return;
    if (scope !== 'none') return askToStartAll(deps, interaction, scope);
  }
  await actOnAll(deps, interaction, { verb: 'start', ...how }, rest);
}

const isName = ({ finder }: SlackDeps, typed: string): boolean =>
  finder.known().some(({ task }) => fold(task.name) === fold(typed));

/** `pause <task…>`, or `pause all | mine | line … | name …`, unless a task has just that name. */
export const pause: Subcommand = async (deps, interaction, rest) => {
  const wish = readWish(rest);
  if (
    !isName(deps, rest) &&
    (wish.kind === 'all' || wish.kind === 'mine' || wish.kind === 'line' || wish.kind === 'name')
  ) {
    const scope = await scopeOf(deps, interaction, wish, (line) => `${interaction.t.commands.pause.word} line ${line}`);
    if (scope === 'answered') return;
    if (scope !== 'none') return pauseMany(deps, interaction, scope);
  }
  await actOnAll(deps, interaction, { verb: 'pause' }, rest);
};

/** As much of further references, written, as goes with the choice of an unclear one: its button holds 2,000 characters. */
const maxOthers = 1_500;

/**
 * `start 1 3 …` names several tasks; several words may also be one name. Ambiguous references lead to a question, and
 * nothing is started or paused before every reference is clear.
 */
async function actOnAll(
  deps: SlackDeps,
  interaction: Interaction,
  { verb, confirm = false }: Pick<Act, 'verb' | 'confirm'>,
  rest: string,
): Promise<void> {
  const { t, person, command } = interaction;
  if (rest === '') return askWhich(deps, interaction, verb);
  const found = await deps.finder.findSeveral(person, rest, verb === 'pause');
  if (found.kind === 'everything' && verb === 'pause') return pauseMany(deps, interaction, { kind: 'all' });
  if (found.kind === 'everything')
    return interaction.answer(toListMessage(t.work.oneByOne(toType(command, t.commands.list.word)), t));
  if (found.kind === 'too_many') return interaction.answer(toListMessage(t.work.tooMany, t));
  if (found.kind === 'unclear') {
    const others = found.others.join(' ');
    if (writeJson(others).length > maxOthers) return interaction.answer(toListMessage(t.work.tooMany, t));
    const typed = { ref: found.ref, operation: verb, rest: others, asks: confirm };
    return void (await oneOrAsk(deps, interaction, typed, found.found));
  }
  if (verb === 'start' && found.tasks.length > 1) return askToStart(deps, interaction, found.tasks);
  for (const { id } of found.tasks) await actOnTask(deps, interaction, { verb, taskId: id, confirm });
}

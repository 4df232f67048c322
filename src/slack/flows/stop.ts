import { z } from 'zod';
import type { Interaction } from '../bolt/interaction.ts';
import { readValue } from '../bolt/read-value.ts';
import type { SlackDeps } from '../deps.ts';
import { textMessage } from '../views/answers.ts';
import { glyphs } from '../views/state.ts';
import { orderedStopMessage, resumedMessage, resumeQuestionMessage } from '../views/stop.ts';
import { noteFailures } from './pause-many.ts';

/** Stops all calling, without a question, and says of each task that may still be calling why. */
export async function stopEverything(deps: SlackDeps, interaction: Interaction): Promise<void> {
  const { person, channel, client, t } = interaction;
  const { stop, failed, reportBy, ...ordered } = await deps.stops.order({ person, channel });
  const resume = `${deps.command} ${t.commands.resume.word}`;
  await reportBy(async () => {
    const names = await deps.namesOf(stop === null ? [] : [stop.person], client);
    const data = { ...ordered, stop, failed: noteFailures(deps, failed, 'stop'), resume, names };
    await interaction.replace(orderedStopMessage(data, t));
  });
}

/** Asks whether the tasks of the stop are to be started again. */
export async function askToResume(deps: SlackDeps, { client, t, ...interaction }: Interaction): Promise<void> {
  // What could not be paused a moment ago would be left out.
  await deps.stops.pauseAgain();
  const current = await deps.stops.current();
  if (current === null) return interaction.answer(textMessage(t.stop.nothing));
  const { stop } = current;
  const people = [stop.person, ...(stop.resumedBy === null ? [] : [stop.resumedBy.person])];
  await interaction.answer(resumeQuestionMessage({ ...current, names: await deps.namesOf(people, client) }, t));
}

const decided = z.object({ stop: z.string(), round: z.number().int() });

/** A decision about the stop that a message showed, by the value of its button. */
const decisionOf = (value: string, { person, channel }: Interaction) => {
  const { stop: stopId, round } = readValue(decided, value);
  return { stopId, round, person, channel };
};

/** Starts the tasks of the stop again. */
export async function resumeStop(deps: SlackDeps, interaction: Interaction, value: string): Promise<void> {
  const resumed = await deps.stops.resume(decisionOf(value, interaction));
  await interaction.replace(resumedMessage(resumed, interaction.t));
}

/** Ends the stop without starting anything. */
export async function liftStop(deps: SlackDeps, interaction: Interaction, value: string): Promise<void> {
  await deps.stops.lift(decisionOf(value, interaction));
  await interaction.replace(textMessage(`${glyphs.paused} ${interaction.t.stop.over}`));
}

import type { ChannelRef } from '../../core/model/address.ts';
import { isMuted } from '../../core/subscriptions/audience.ts';
import { errorSentence } from '../../i18n/sentences.ts';
import { toSlackFailure } from '../api/errors.ts';
import type { Interaction } from '../bolt/interaction.ts';
import type { SlackDeps } from '../deps.ts';
import { type Rehearsal, rehearsalMessage, testMessage } from '../views/subscriptions.ts';
import { addressOf, canPost } from './channel-of.ts';

/** Posts a test message where notices would be, and says which of them would arrive and why others would not. */
export async function rehearse(deps: SlackDeps, interaction: Interaction, channel: ChannelRef): Promise<void> {
  const { person, t, answer } = interaction;
  if (!(await canPost(interaction, channel))) return;
  const place = addressOf(interaction, channel);
  const [{ watches, subscriptions, settings }, { own }] = await Promise.all([
    deps.subscriptions.of(place),
    deps.subscriptions.settings({ channel: place, person }),
  ]);
  const now = deps.clock.now();
  const test = isMuted(settings, now) ? ({ kind: 'muted' } as const) : await postTest(deps, interaction, place);
  const follows = followed([...watches, ...subscriptions]);
  await answer(rehearsalMessage({ settings, own, follows, now, test, place, reader: person }, t));
}

function followed(all: readonly { brokenBy: string | null }[]): Rehearsal['follows'] {
  if (all.length === 0) return 'nothing';
  return all.some(({ brokenBy }) => brokenBy === null) ? 'tasks' : 'paused';
}

async function postTest(
  { common, namesOf }: SlackDeps,
  { client, person, t }: Interaction,
  place: ChannelRef,
): Promise<Rehearsal['test']> {
  try {
    const name = (await namesOf([person], client)).get(person) ?? null;
    await client.chat.postMessage({ channel: place, ...testMessage({ person, name }, common) });
    return { kind: 'sent' };
  } catch (thrown) {
    return { kind: 'failed', why: errorSentence(t, toSlackFailure(thrown)) };
  }
}

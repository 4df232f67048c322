import type { ChannelRef } from '../../core/model/address.ts';
import { readWish, type Wish } from '../../core/subscriptions/read-wish.ts';
import { fold } from '../../core/text/fold.ts';
import type { Interaction } from '../bolt/interaction.ts';
import type { Target } from '../bolt/typed-target.ts';
import type { SlackDeps } from '../deps.ts';
import { addressOf, channelMeant } from '../flows/channel-of.ts';
import { listFollowed } from '../flows/list-followed.ts';
import { mutePlace } from '../flows/mute.ts';
import { openForm } from '../flows/open-form.ts';
import { rehearse } from '../flows/rehearse.ts';
import { endSubscription, subscribe } from '../flows/subscribe.ts';
import { endWatch, watchTask } from '../flows/watch-task.ts';
import { oneOrAsk, taskNamed } from '../flows/which-task.ts';
import type { Subcommand } from './subcommand.ts';

/** `watch <task | all | mine | line … | name …> [to #channel | to me]`, and what belongs to it. */
export const watch: Subcommand = async (deps, interaction, rest, target = nowhere(rest)) => {
  const { ref, mention } = await targetMeant(deps, interaction, rest, target);
  const channel = await channelMeant(deps, interaction, mention);
  if (channel === null) return;
  const wish = readWish(ref);
  const place = addressOf(interaction, channel);
  switch (wish.kind) {
    case 'list':
      return listFollowed(deps, interaction, channel);
    case 'test':
      return rehearse(deps, interaction, channel);
    case 'settings':
      return openForm(deps, interaction, { form: 'notices', place });
    case 'mute':
    case 'mute_unclear':
      return mutePlace(deps, interaction, place, wish);
    case 'task':
      return watchNamed(deps, interaction, wish, channel);
    default:
      if (await subscribe(deps, interaction, channel, wish)) return;
      // What looks like a line may be the name of a task.
      if (wish.kind === 'line') return watchNamed(deps, interaction, { ref: wish.whole }, channel);
  }
};

/** `unwatch <task | all | mine | line … | name …> [in #channel | for me]` */
export const unwatch: Subcommand = async (deps, interaction, rest, target = nowhere(rest)) => {
  const { ref, mention } = await targetMeant(deps, interaction, rest, target);
  const channel = await channelMeant(deps, interaction, mention);
  if (channel === null) return;
  const wish = readWish(ref);
  switch (wish.kind) {
    case 'list':
      return listFollowed(deps, interaction, channel);
    case 'all':
    case 'mine':
    case 'name':
      await endSubscription(deps, interaction, channel, { wish, what: ref });
      return;
    case 'line':
      if (await endSubscription(deps, interaction, channel, { wish, what: ref, silent: true })) return;
      return unwatchNamed(deps, interaction, ref, channel);
    default:
      return unwatchNamed(deps, interaction, ref, channel);
  }
};

/** `mute <time> | off [in #channel | for me]`: short for `watch mute`. */
export const mute: Subcommand = (deps, interaction, rest, target = nowhere(rest)) =>
  watch(deps, interaction, `mute ${rest}`, { ...target, ref: `mute ${target.ref}` });

/** `to me` may also end the name of a task: then no place was named. */
async function targetMeant(
  { finder }: SlackDeps,
  { person }: Interaction,
  rest: string,
  target: Target,
): Promise<Target> {
  if (target.mention.kind !== 'me' || readWish(target.ref).kind !== 'task') return target;
  const found = await finder.find(person, rest);
  return found.kind === 'one' && fold(found.task.name) === fold(rest) ? nowhere(rest) : target;
}

const nowhere = (rest: string): Target => ({ ref: rest, mention: { kind: 'none' } });

async function watchNamed(
  deps: SlackDeps,
  interaction: Interaction,
  { ref }: Pick<Extract<Wish, { kind: 'task' }>, 'ref'>,
  channel: ChannelRef,
): Promise<void> {
  const task = await taskNamed(deps, interaction, { ref, operation: 'watch', channel });
  if (task !== null) await watchTask(deps, interaction, task, channel);
}

async function unwatchNamed(
  deps: SlackDeps,
  interaction: Interaction,
  ref: string,
  channel: ChannelRef,
): Promise<void> {
  const found = await deps.watches.find({ person: interaction.person, channel: addressOf(interaction, channel), ref });
  const task = await oneOrAsk(deps, interaction, { ref, operation: 'unwatch', channel }, found);
  if (task !== null) await endWatch(deps, interaction, task, channel);
}

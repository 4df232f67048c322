import { z } from 'zod';
import type { Json } from '../protocol.ts';
import { viewJson } from '../shapes.ts';
import type { Trigger } from '../triggers.ts';
import { byExternalId, openView, publishHome, pushView, updateView } from '../views.ts';
import type { World } from '../world.ts';
import { json, type MethodTable, method, SlackError, text } from './method.ts';

/** Uses up a trigger id. Throws `invalid_`, `expired_` or `exchanged_trigger_id`. */
function owner(world: World, triggerId: string): Trigger {
  const exchanged = world.triggers.exchange(triggerId);
  if (!exchanged.ok) throw new SlackError(exchanged.error);
  return exchanged.trigger;
}

const openArgs = z.object({ trigger_id: text, view: json });

export const viewMethods: MethodTable = {
  'views.open': method(openArgs, (args, world): Json => {
    const trigger = owner(world, args.trigger_id);
    return { view: viewJson(world, openView(world, trigger, args.view)) };
  }),
  'views.push': method(openArgs, (args, world): Json => {
    const trigger = owner(world, args.trigger_id);
    return { view: viewJson(world, pushView(world, trigger, args.view)) };
  }),
  'views.update': method(
    z.object({ view_id: text.optional(), external_id: text.optional(), hash: text.optional(), view: json }),
    (args, world): Json => {
      const { workspace } = world;
      if (args.view_id === undefined && args.external_id === undefined) {
        throw new SlackError('invalid_arguments', [
          '[ERROR] either view_id or external_id is needed [json-pointer:/view_id]',
        ]);
      }
      const stored =
        args.view_id === undefined
          ? byExternalId(workspace, args.external_id ?? '')
          : (workspace.modal(args.view_id) ?? workspace.home(args.view_id));
      if (!stored) throw new SlackError('not_found');
      if (args.hash !== undefined && args.hash !== stored.hash) throw new SlackError('hash_conflict');
      updateView(world, stored, args.view);
      return { view: viewJson(world, stored) };
    },
  ),
  'views.publish': method(z.object({ user_id: text, view: json, hash: text.optional() }), (args, world): Json => {
    const { workspace } = world;
    const user = workspace.users.get(args.user_id);
    if (!user || user.isBot)
      throw new SlackError('invalid_arguments', ['[ERROR] no such user [json-pointer:/user_id]']);
    if (!workspace.seed.app.hasHome) throw new SlackError('not_enabled');
    const before = workspace.homes.get(user.id);
    if (args.hash !== undefined && before && args.hash !== before.hash) throw new SlackError('hash_conflict');
    return { view: viewJson(world, publishHome(world, user.id, args.view)) };
  }),
};

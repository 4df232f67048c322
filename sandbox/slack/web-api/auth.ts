import { z } from 'zod';
import { botJson } from '../shapes.ts';
import { flag, type MethodTable, method, none, SlackError, text } from './method.ts';

export const authMethods: MethodTable = {
  'api.test': method(
    z.looseObject({ error: text.optional() }),
    (args) => {
      if (args.error !== undefined) throw new SlackError(args.error);
      return { args };
    },
    'none',
  ),
  'auth.test': method(none, (_args, { workspace, url }) => ({
    url: `${url()}/`,
    team: workspace.seed.workspace.name,
    user: workspace.seed.app.botName,
    team_id: workspace.teamId,
    user_id: workspace.botUserId,
    bot_id: workspace.botId,
    is_enterprise_install: false,
  })),
  'auth.revoke': method(z.object({ test: flag.optional() }), ({ test = false }, { credentials }) => {
    if (!test) credentials.revoked.add(credentials.botToken);
    return { revoked: !test };
  }),
  'apps.connections.open': method(
    none,
    (_args, { sockets, url }) => {
      const ticket = sockets.ticket();
      if (ticket === null) throw new SlackError('too_many_websockets');
      return { url: `${url().replace(/^http/, 'ws')}/link?ticket=${ticket}` };
    },
    'app',
  ),
  'team.info': method(z.object({ team: text.optional() }), (_args, { workspace }) => ({
    team: {
      id: workspace.teamId,
      name: workspace.seed.workspace.name,
      domain: workspace.seed.workspace.domain,
      email_domain: '',
      icon: { image_default: true },
    },
  })),
  'bots.info': method(z.object({ bot: text.optional() }), ({ bot }, { workspace }) => {
    if (bot !== undefined && bot !== workspace.botId) throw new SlackError('bot_not_found');
    return { bot: botJson(workspace) };
  }),
};

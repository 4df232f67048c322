import { z } from 'zod';
import type { Json } from '../protocol.ts';
import type { Workspace } from '../state.ts';
import type { UserGroup } from '../stored.ts';
import { flag, type MethodTable, method, SlackError, text } from './method.ts';

function groupJson(workspace: Workspace, group: UserGroup, withUsers: boolean): Json {
  return {
    id: group.id,
    team_id: workspace.teamId,
    is_usergroup: true,
    name: group.name,
    handle: group.handle,
    description: '',
    is_external: false,
    date_delete: 0,
    user_count: group.members.length,
    ...(withUsers ? { users: group.members } : {}),
  };
}

export const userGroupMethods: MethodTable = {
  'usergroups.list': method(
    z.object({ include_users: flag.optional(), include_count: flag.optional(), include_disabled: flag.optional() }),
    (args, { workspace }) => ({
      usergroups: workspace.userGroups.map((group) => groupJson(workspace, group, args.include_users === true)),
    }),
  ),
  'usergroups.users.list': method(
    z.object({ usergroup: text, include_disabled: flag.optional() }),
    (args, { workspace }) => {
      const group = workspace.userGroups.find((candidate) => candidate.id === args.usergroup);
      if (!group) throw new SlackError('no_such_subteam');
      return { users: group.members };
    },
  ),
};

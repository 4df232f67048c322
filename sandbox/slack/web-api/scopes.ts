/** The bot scope each method needs, where it needs one (docs.slack.dev, reference of each method). */
export const scopeOf: { [method: string]: string[] } = {
  'chat.postMessage': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.delete': ['chat:write'],
  'chat.scheduleMessage': ['chat:write'],
  'chat.deleteScheduledMessage': ['chat:write'],
  'users.info': ['users:read'],
  'users.list': ['users:read'],
  'users.lookupByEmail': ['users:read.email'],
  'users.conversations': ['channels:read', 'groups:read', 'im:read', 'mpim:read'],
  'usergroups.list': ['usergroups:read'],
  'usergroups.users.list': ['usergroups:read'],
  'conversations.list': ['channels:read', 'groups:read', 'im:read', 'mpim:read'],
  'conversations.info': ['channels:read', 'groups:read', 'im:read', 'mpim:read'],
  'conversations.members': ['channels:read', 'groups:read', 'im:read', 'mpim:read'],
  'conversations.open': ['im:write', 'mpim:write'],
  'conversations.join': ['channels:join'],
  'conversations.leave': ['channels:manage', 'groups:write', 'channels:write'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history', 'mpim:history'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history', 'mpim:history'],
  'files.getUploadURLExternal': ['files:write'],
  'files.completeUploadExternal': ['files:write'],
  'files.delete': ['files:write'],
  'files.info': ['files:read'],
  'files.list': ['files:read'],
  'reactions.add': ['reactions:write'],
  'reactions.remove': ['reactions:write'],
  'reactions.get': ['reactions:read'],
  'pins.add': ['pins:write'],
  'pins.remove': ['pins:write'],
  'pins.list': ['pins:read'],
  'team.info': ['team:read'],
  'bots.info': ['users:read'],
};

/** Methods on one conversation, whose scope is that of its kind. */
const scopedByKind = /^conversations\.(?:info|members|history|replies)$/;

/**
 * The scope that is missing, or null. `granted` null means every scope. Any one of a method's scopes is enough, except
 * where it acts on a conversation of a `kind` (`channels`, `groups`, `im`, `mpim`): then that of its kind is needed.
 */
export function missingScope(method: string, granted: string[] | null, kind: string | null): string | null {
  const all = scopeOf[method];
  const needed =
    kind !== null && scopedByKind.test(method) ? all?.filter((scope) => scope.startsWith(`${kind}:`)) : all;
  if (granted === null || needed === undefined) return null;
  return needed.some((scope) => granted.includes(scope)) ? null : needed.join(',');
}

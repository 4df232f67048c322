/** What Dialdeck asks of a workspace, and why. Without one of these it cannot be installed. */
const needed = {
  commands: 'the slash command, and importing a file from the menu of its message',
  'chat:write': 'cards, notices, private answers, and direct messages to the owner of a watch',
  'files:read': 'number lists uploaded in the import form or shared in a conversation',
  'files:write': 'lists of rejected numbers, given back as a file',
  'app_mentions:read': 'commands in threads, where slash commands do not work',
  'im:history': 'commands and files in direct messages, and finding a message there again whose answer was lost',
} as const;

/** What an administrator may decline, and what is then lost. */
export const optionalScopes = {
  'users:read':
    'people are distinguished by their workspace alone: guests, bots and deactivated accounts are not refused, the app id is not checked, everyone reads LOCALE, and cards name no one at first',
  'chat:write.public': 'a public channel can be watched only after /invite',
  'channels:read': 'a public channel can be watched only from within it',
  'groups:read': 'a private channel can be watched only from within it',
  'channels:history': 'a message to a public channel whose answer was lost may be posted twice',
  'groups:history': 'a message to a private channel whose answer was lost may be posted twice',
  'im:write': 'a direct message whose answer was lost may be sent twice',
  'mpim:history': 'a message to a group conversation whose answer was lost may be posted twice',
} as const;

const neededScopes: readonly string[] = Object.keys(needed);

/** Everything that is asked for. */
export const botScopes: readonly string[] = [...neededScopes, ...Object.keys(optionalScopes)];

/** What an installation lacks. `lost` has one sentence for each optional scope that was declined. */
export function missingScopes(granted: readonly string[]): { needed: string[]; lost: string[] } {
  return {
    needed: neededScopes.filter((scope) => !granted.includes(scope)),
    lost: Object.entries(optionalScopes).flatMap(([scope, loss]) =>
      granted.includes(scope) ? [] : [`${scope} (${loss})`],
    ),
  };
}

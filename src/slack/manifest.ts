import { commands } from './command-words.ts';

/** Slack shows these beside the command while it is typed; manifests have no translations. */
const commandDescription = 'Run AI calling tasks: create, import, start, watch';
const usageHint = commands.map(({ name }) => name).join(' | ');

/** The scopes Dialdeck needs in a workspace, and why. */
const scopes = {
  commands: 'the slash command',
  'chat:write': 'cards, notices, private answers, and direct messages to the owner of a watch',
  'chat:write.public': 'cards in public channels without being invited',
  'users:read': 'the language of each person',
  'files:read': 'number lists uploaded in the import form',
  'channels:history': 'finding a message again whose answer was lost, so that none is posted twice',
  'groups:history': 'the same in private channels',
  'im:history': 'the same in direct messages',
} as const;

export const botScopes = Object.keys(scopes);

export interface ManifestOptions {
  /** The slash command with its slash. */
  command: string;
  /** Address of the bot in HTTP mode (`https://host`, without a path); null for Socket Mode. */
  publicUrl: string | null;
}

/** The app manifest for a workspace (docs.slack.dev, App manifest reference, version 2). */
export function manifestOf({ command, publicUrl }: ManifestOptions) {
  const requestUrl = publicUrl === null ? null : `${publicUrl}/slack/events`;
  return {
    _metadata: { major_version: 2, minor_version: 1 },
    display_information: {
      name: 'Dialdeck',
      description: 'Run AI outbound-call tasks from chat.',
      background_color: '#1f3a34',
    },
    features: {
      bot_user: { display_name: 'Dialdeck', always_online: true },
      app_home: { home_tab_enabled: false, messages_tab_enabled: true, messages_tab_read_only_enabled: true },
      slash_commands: [
        {
          command,
          ...(requestUrl === null ? {} : { url: requestUrl }),
          description: commandDescription,
          usage_hint: usageHint,
          should_escape: true,
        },
      ],
    },
    oauth_config: { scopes: { bot: botScopes } },
    settings: {
      interactivity: {
        is_enabled: true,
        ...(requestUrl === null ? {} : { request_url: requestUrl, message_menu_options_url: requestUrl }),
      },
      org_deploy_enabled: false,
      socket_mode_enabled: requestUrl === null,
      token_rotation_enabled: false,
    },
  };
}

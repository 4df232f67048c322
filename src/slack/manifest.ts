import { commands } from './command-words.ts';
import { shortcutIds } from './ids.ts';
import { botScopes, optionalScopes } from './scopes.ts';

/** Slack shows these beside the command while it is typed; manifests have no translations. */
const commandDescription = 'Run AI calling tasks: create, import, start, watch';
const usageHint = commands.map(({ name }) => name).join(' | ');

/**
 * Events that Slack sends beside commands and presses. Bolt acknowledges each, also one without a listener; they are
 * named from the start because every change of the manifest has to be approved again in each workspace.
 */
const events = ['app_home_opened', 'app_mention', 'message.im'];

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
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      shortcuts: [
        {
          name: 'Import this file',
          type: 'message',
          callback_id: shortcutIds.importFile,
          description: 'Import the phone numbers of a file into a calling task',
        },
        {
          name: 'Watch a task here',
          type: 'message',
          callback_id: shortcutIds.watchHere,
          description: 'Keep the card of a calling task up to date in this channel',
        },
        {
          name: 'New calling task',
          type: 'global',
          callback_id: shortcutIds.newTask,
          description: 'Create a calling task',
        },
        {
          name: 'Pause all calling',
          type: 'global',
          callback_id: shortcutIds.pauseAll,
          description: 'Stop all calling at once; nothing starts until it is resumed',
        },
      ],
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
    oauth_config: { scopes: { bot: botScopes, bot_optional: Object.keys(optionalScopes) } },
    settings: {
      event_subscriptions: {
        ...(requestUrl === null ? {} : { request_url: requestUrl }),
        bot_events: events,
      },
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

/**
 * How much of Slack this stand-in covers: every method and behavior with its state, and the test that shows it. A test
 * compares it with the table of methods and with the test files, so it cannot drift.
 */

export interface Covered {
  /** A Web API method, or a behavior in words. */
  what: string;
  state: 'done' | 'partly' | 'not';
  /** `file: part of a test's name`, under sandbox/slack in test/unit or test/integration; for a method only the file, which names the method. */
  shownBy?: string;
  /** What is missing. */
  lacks?: string;
}

const done = (shownBy: string, ...whats: string[]): Covered[] =>
  whats.map((what) => ({ what, state: 'done' as const, shownBy }));
const partly = (what: string, shownBy: string, lacks: string): Covered => ({ what, state: 'partly', shownBy, lacks });
const not = (...whats: string[]): Covered[] => whats.map((what) => ({ what, state: 'not' as const }));

export const coveredMethods: Covered[] = [
  ...done('web-api.test.ts', 'auth.test', 'auth.revoke', 'apps.connections.open', 'api.test'),
  ...done('messages.test.ts', 'chat.postMessage', 'chat.postEphemeral', 'chat.delete', 'chat.getPermalink'),
  ...done('messages.test.ts', 'chat.scheduleMessage', 'chat.deleteScheduledMessage', 'chat.scheduledMessages.list'),
  partly('chat.update', 'messages.test.ts', '`as_user`, `parse`, `file_ids`'),
  ...done('messages.test.ts', 'conversations.history', 'conversations.replies'),
  ...done('data.test.ts', 'conversations.info', 'conversations.members', 'conversations.join', 'conversations.leave'),
  ...done('data.test.ts', 'conversations.list', 'conversations.open'),
  ...done('modals.test.ts', 'views.open', 'views.push', 'views.update'),
  ...done('home-shortcuts.test.ts', 'views.publish'),
  ...done('data.test.ts', 'users.info', 'users.list', 'users.lookupByEmail', 'users.conversations'),
  ...done('data.test.ts', 'usergroups.list', 'usergroups.users.list', 'team.info', 'bots.info'),
  ...done('data.test.ts', 'files.info', 'files.list', 'files.delete', 'files.getUploadURLExternal'),
  partly('files.completeUploadExternal', 'data.test.ts', '`highlight_type`; scanning of files'),
  ...done('messages.test.ts', 'reactions.add', 'reactions.remove', 'reactions.get'),
  ...done('messages.test.ts', 'pins.add', 'pins.remove', 'pins.list'),
  ...not(
    'chat.unfurl',
    'chat.startStream',
    'conversations.create',
    'conversations.invite',
    'oauth.v2.access',
    'functions.completeSuccess',
    'functions.completeError',
    'assistant.threads.setStatus',
    'blocks.validate',
    'bookmarks.add',
  ),
];

export const coveredBehaviors: Covered[] = [
  ...done('transport.test.ts: hands each payload to one of several sockets', 'Socket Mode with several sockets'),
  ...done('transport.test.ts: comes back after a refresh', 'disconnect with refresh_requested, and the reconnect'),
  ...done('transport.test.ts: a warning is announced', 'disconnect with warning'),
  ...done('transport.test.ts: by itself a connection is warned', 'a warning before each refresh, by itself'),
  ...done('transport.test.ts: without any socket', 'dispatch_failed when nobody is connected'),
  ...done('transport.test.ts: an event nobody acknowledges', 'redelivery of events over sockets'),
  ...done('transport.test.ts: malformed frames', 'malformed frames harm nothing'),
  ...done('transport.test.ts: signs each payload', 'signed HTTP with exact content types'),
  ...done('transport.test.ts: sends an event again', 'redelivery over HTTP with number and reason'),
  ...done('transport.test.ts: a payload sent twice on demand', 'a payload sent twice on demand, both ways'),
  ...done('transport.test.ts: acknowledged too late', 'three seconds to acknowledge, operation_timeout'),
  ...done('web-api.test.ts: tokens are strict', 'not_authed, invalid_auth, not_allowed_token_type, unknown_method'),
  ...done(
    'web-api.test.ts: credentials that are replaced',
    'token_revoked, tokens and signing secrets that are replaced',
  ),
  ...done('web-api.test.ts: takes forms, JSON and multipart', 'bodies as form, JSON, multipart'),
  ...done('web-api.test.ts: planned faults', 'faults per method: error, status, 429, delay, lost answer'),
  ...done('web-api.test.ts: a share of all calls fails', 'a mix of faults by chance, calls cut or never answered'),
  ...done('web-api.test.ts: posting is limited per channel', '429 per channel'),
  ...done('web-api.test.ts: calls of a method are limited', '429 per method and workspace'),
  ...done('web-api.test.ts: a scope that the manifest lacks', 'missing_scope, chat:write.public'),
  ...done('commands.test.ts: the text of the acknowledgement is private', 'slash commands, private answers'),
  ...done('commands.test.ts: one that no app has', 'unknown command: a private note'),
  ...done('commands.test.ts: refused in threads', 'commands refused in threads'),
  ...done('commands.test.ts: mentions are linked', 'should_escape'),
  ...done('escaping.test.ts: texts of an app come back', 'entities in what payloads carry of messages and views'),
  ...done('commands.test.ts: five times; the sixth', 'response URLs: five uses'),
  ...done('commands.test.ts: end after 30 minutes', 'response URLs: thirty minutes'),
  ...done('commands.test.ts: replace and delete the message', 'replace_original, delete_original, ephemeral stays so'),
  ...done('commands.test.ts: never replace the command itself', 'response URLs where the app is no member'),
  ...done('messages.test.ts: never in the history', 'ephemeral messages for one person'),
  ...done('messages.test.ts: reach the app with the state', 'controls of messages, confirm dialogs, url buttons'),
  ...done('messages.test.ts: messages, mentions, reactions', 'message, app_mention, reaction and member events'),
  ...done('messages.test.ts: replies, broadcast, counts', 'threads'),
  ...done('messages.test.ts: what the app posts, edits and deletes', 'own messages, message_changed, message_deleted'),
  ...done('words.test.ts: is in their own language', 'Slack’s own sentences, in English and Chinese'),
  ...done('modals.test.ts: are good once, within three seconds', 'trigger ids: single use, three seconds'),
  ...done('modals.test.ts: belong to one person', 'a modal belongs to one person; required fields'),
  ...done('modals.test.ts: errors at the field, update, push, clear', 'response_action'),
  ...done('modals.test.ts: keep what was typed', 'views.update keeps what was typed'),
  ...done('modals.test.ts: a stale hash is a conflict', 'hash_conflict'),
  ...done('modals.test.ts: three views at most', 'push_limit_reached'),
  ...done('modals.test.ts: trouble connecting', 'wrong acknowledgements leave the modal'),
  ...done('modals.test.ts: only with notify_on_close', 'view_closed'),
  ...done('inputs.test.ts: every element, filled by hand', 'every input element'),
  ...done('inputs.test.ts: every kind of initial value', 'untouched initial values, option groups'),
  ...done('inputs.test.ts: sends block_actions with the state', 'block_actions from modals'),
  ...done('client.test.ts: external choices', 'block_suggestion'),
  ...done('home-shortcuts.test.ts: is published per person', 'App Home, its inputs, app_home_opened with the view'),
  ...done('home-shortcuts.test.ts: global and on a message', 'global and message shortcuts, with files'),
  ...done('data.test.ts: file_share, file_shared', 'files from people, downloads with the token only'),
  ...done('data.test.ts: filesUploadV2', 'files from the app'),
  ...done('data.test.ts: a conversation of several', 'group direct messages'),
  ...done('data.test.ts: people write to each other', 'direct messages between people'),
  ...done('data.test.ts: private channels and direct messages only', 'what each person sees'),
  ...done('validation/acceptance.test.ts: more than 250 KB', 'limits of messages and views'),
  ...done('validation/wire.test.ts: 25 payloads are in the set', 'refusals over the wire, with JSON pointers'),
  ...done('validation/every-view.test.ts: with %s names', 'no view of the product refused'),
  ...done('fuzz.test.ts: mutated calls', 'nothing the app sends stops the server'),
  ...done('control.test.ts: at once and after every change', 'the stream of snapshots'),
  partly(
    'bodies of view acknowledgements over HTTP',
    'modals.test.ts: response_action: errors',
    'Slack’s own, smaller limit for them is not documented',
  ),
  ...not(
    'legacy attachments on the page',
    'link unfurling',
    'custom steps (function_executed)',
    'OAuth installation',
    'Enterprise Grid',
  ),
];

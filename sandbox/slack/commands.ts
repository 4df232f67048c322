import { channelFor, type DeedAnswer, done, wordsFor } from './deeds.ts';
import { isJson } from './json.ts';
import { linkMentions } from './mentions.ts';
import { commandPayload } from './payloads.ts';
import type { Deeds } from './protocol.ts';
import { applyReply } from './replies.ts';
import { SlackError } from './web-api/method.ts';
import type { World } from './world.ts';

/** Runs a slash command. Not acknowledged in time, or unknown: a private note, as Slack's. */
export async function runCommand(world: World, deed: Deeds['command']): Promise<DeedAnswer> {
  const { workspace } = world;
  const channel = channelFor(world, deed.channel, deed.as);
  const words = wordsFor(world, deed.as);
  const known = workspace.seed.app.commands.find((command) => command.command === deed.command);
  if (!known) {
    workspace.note(deed.as, channel, words.unknownCommand(deed.command));
    return done;
  }
  const text = known.escape === true ? linkMentions(world, deed.text) : deed.text;
  const payload = commandPayload(world, deed.as, channel, deed.command, text);
  const title = `slash_commands ${deed.command} ${deed.text}`.trim();
  const ack = await world.courier.send({
    kind: 'slash_commands',
    name: 'slash_commands',
    title,
    payload,
    acceptsResponse: true,
  });
  if (ack.kind === 'failed') {
    workspace.note(deed.as, channel, words.commandFailed(deed.command, ack.reason));
    return { ok: false, error: ack.reason };
  }
  const reply = typeof ack.body === 'string' ? { text: ack.body } : ack.body;
  if (!isJson(reply) || Object.keys(reply).length === 0) return done;
  try {
    const permit = { user: deed.as, channel: channel.id, ts: null, ephemeral: true, threadTs: null };
    applyReply(world, permit, reply);
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    world.traffic.begin({ direction: 'from-app', title: 'ack', name: 'ack', sent: reply })(error.code, {
      messages: error.messages,
    });
    workspace.note(deed.as, channel, words.commandFailed(deed.command, 'dispatch_failed'));
    return { ok: false, error: 'dispatch_failed' };
  }
  return done;
}

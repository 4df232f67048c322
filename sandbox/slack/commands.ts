import { isJson } from './json.ts';
import { commandText } from './mentions.ts';
import { commandPayload } from './payloads.ts';
import { type ActionResult, channelFor, done, wordsFor } from './person-actions.ts';
import type { PersonActions } from './protocol.ts';
import { applyReply } from './replies.ts';
import { SlackError } from './web-api/method.ts';
import type { World } from './world.ts';

/** Runs a slash command. One that is unknown or not acknowledged in time leaves a private note, as in Slack. */
export async function runCommand(world: World, input: PersonActions['command']): Promise<ActionResult> {
  const { workspace } = world;
  const channel = channelFor(world, input.channel, input.as);
  const words = wordsFor(world, input.as);
  const known = workspace.seed.app.commands.find((command) => command.command === input.command);
  if (!known) {
    workspace.note(input.as, channel, words.unknownCommand(input.command));
    return done;
  }
  const text = known.escape === true ? commandText(world, input.as, input.text) : input.text;
  const payload = commandPayload(world, input.as, channel, { command: input.command, text });
  const title = `slash_commands ${input.command} ${input.text}`.trim();
  const ack = await world.dispatcher.send({
    kind: 'slash_commands',
    name: 'slash_commands',
    title,
    payload,
    acceptsResponse: true,
  });
  if (ack.kind === 'failed') {
    workspace.note(input.as, channel, words.commandFailed(input.command, ack.reason));
    return { ok: false, error: ack.reason };
  }
  const reply = typeof ack.body === 'string' ? { text: ack.body } : ack.body;
  if (!isJson(reply) || Object.keys(reply).length === 0) return done;
  try {
    const target = { user: input.as, channel: channel.id, ts: null, ephemeral: true, threadTs: null };
    applyReply(world, target, reply);
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    world.traffic.begin({ direction: 'from-app', title: 'ack', name: 'ack', sent: reply })(error.code, {
      messages: error.messages,
    });
    workspace.note(input.as, channel, words.commandFailed(input.command, 'dispatch_failed'));
    return { ok: false, error: 'dispatch_failed' };
  }
  return done;
}

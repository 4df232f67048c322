import { afterEach, describe, expect, test } from '@jest/globals';
import { defaultSeed } from '../../../../sandbox/slack/seed.ts';
import { eventually } from '../../../support/eventually.ts';
import { type Bench, modes, startBench } from '../../../support/sandbox/bolt.ts';

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.stop();
  bench = undefined;
});

const texts = (who: string, channel = 'general') =>
  bench?.sandbox
    .snapshot(who)
    .channels.find((candidate) => candidate.name === channel)
    ?.messages.map((message) => message.text);

describe.each(modes)('slash commands in %s mode', (mode) => {
  test('the text of the acknowledgement is private, in_channel is for all', async () => {
    const bodies: unknown[] = [];
    bench = await startBench(
      (app) =>
        app.command('/dial', async ({ ack, body, command }) => {
          bodies.push(body);
          if (command.text === 'all') await ack({ text: 'for all', response_type: 'in_channel' });
          else await ack(`you said ${command.text}`);
        }),
      { mode },
    );
    const alice = bench.sandbox.as('alice');
    await alice.command('/dial new "a b"\n13800138000');
    await alice.command('/dial all');
    expect(texts('alice')).toEqual(['you said new "a b"\n13800138000', 'for all']);
    expect(texts('bob')).toEqual(['for all']);
    expect(bodies[0]).toMatchObject({
      command: '/dial',
      text: 'new "a b"\n13800138000',
      user_id: 'U0ALICE001',
      user_name: 'alice',
      channel_id: 'C0GENERAL1',
      channel_name: 'general',
      team_id: 'T0SANDBOX1',
    });
  });

  test('respond is private, five times; the sixth is refused', async () => {
    const failures: unknown[] = [];
    bench = await startBench(
      (app) =>
        app.command('/dial', async ({ ack, respond }) => {
          await ack();
          for (let i = 1; i <= 6; i += 1) {
            await respond(`answer ${i}`).catch((error: unknown) => failures.push(error));
          }
        }),
      { mode },
    );
    await bench.sandbox.as('alice').command('/dial');
    await bench.sandbox.as('alice').expectEphemeral('answer 5');
    expect(texts('alice')).toHaveLength(5);
    expect(texts('bob')).toEqual([]);
    await eventually(() => failures.length > 0);
    expect(failures).toMatchObject([{ statusCode: 404 }]);
  });
});

describe('slash commands', () => {
  test('one that no app has: a private note', async () => {
    bench = await startBench(() => undefined);
    await bench.sandbox.as('alice').command('/nonsense now');
    const note = await bench.sandbox.as('alice').expectEphemeral('/nonsense is not a valid command');
    expect(note.message().fromSlackbot).toBe(true);
    expect(texts('bob')).toEqual([]);
    expect(bench.sandbox.traffic.exchanges('slash_commands')).toEqual([]);
  });

  test('refused in threads, and a leading space makes it a message', async () => {
    bench = await startBench(() => undefined);
    const alice = bench.sandbox.as('alice');
    const parent = await alice.say('a parent');
    await expect(alice.say('/dial list', { threadTs: parent.ts })).rejects.toThrow('not_supported_in_threads');
    await alice.expectEphemeral('is not supported in threads');
    await alice.say(' /dial list');
    expect(bench.sandbox.traffic.exchanges('slash_commands')).toEqual([]);
  });

  /** The texts that the app is sent from now on; its command asks for escaping. */
  async function hearEscaped() {
    const heard: string[] = [];
    const [command] = defaultSeed.app.commands;
    if (!command) throw new Error('no command');
    bench = await startBench(
      (app) =>
        app.command('/dial', async ({ ack, command: given }) => {
          heard.push(given.text);
          await ack();
        }),
      { seed: { app: { ...defaultSeed.app, commands: [{ ...command, escape: true }] } } },
    );
    return { heard, sandbox: bench.sandbox };
  }

  test('mentions are linked when the command asks for it', async () => {
    const { heard, sandbox } = await hearEscaped();
    await sandbox.as('alice').command('/dial watch all to #outbound-calls for @limei and @nobody');
    expect(heard).toEqual(['watch all to <#C0CALLS001|outbound-calls> for <@U0LIMEI001|limei> and @nobody']);
    await sandbox.as('alice').command('/dial new R&D <b> a.example/x https://b.example?c=1&d=2 li@c.example 1.5');
    expect(heard[1]).toBe(
      'new R&amp;D &lt;b&gt; <http://a.example/x|a.example/x> <https://b.example?c=1&amp;d=2> ' +
        '<mailto:li@c.example|li@c.example> 1.5',
    );
  });

  test('what only looks like a mention stays escaped, and a private channel is linked for its members', async () => {
    const { heard, sandbox } = await hearEscaped();
    await sandbox.as('alice').command('/dial watch A & B to <#C0CALLS001|x>');
    await sandbox.as('alice').command('/dial watch all to #leads');
    await sandbox.as('bob').command('/dial watch all to #leads');
    expect(heard).toEqual([
      'watch A &amp; B to &lt;#C0CALLS001|x&gt;',
      'watch all to <#C0LEADS001|leads>',
      'watch all to #leads',
    ]);
  });

  test('an acknowledgement with blocks that are refused is a failure for the person', async () => {
    bench = await startBench((app) =>
      app.command('/dial', async ({ ack }) => ack({ blocks: [{ type: 'nonsense' } as never] })),
    );
    expect(await bench.sandbox.as('alice').command('/dial')).toEqual({ ok: false, error: 'dispatch_failed' });
  });
});

describe('response URLs', () => {
  test('replace and delete the message of a button; ephemeral stays ephemeral', async () => {
    bench = await startBench((app) => {
      app.command('/dial', async ({ ack }) => {
        await ack({
          text: 'choose',
          blocks: [
            {
              type: 'actions',
              elements: [
                { type: 'button', action_id: 'more', text: { type: 'plain_text', text: 'More' } },
                { type: 'button', action_id: 'gone', text: { type: 'plain_text', text: 'Gone' } },
              ],
            },
          ],
        });
      });
      app.action('more', async ({ ack, respond, body }) => {
        await ack();
        const { blocks } = { blocks: undefined, ...body };
        await respond({ text: 'replaced', replace_original: true, response_type: 'in_channel', blocks: blocks ?? [] });
      });
      app.action('gone', async ({ ack, respond }) => {
        await ack();
        await respond({ delete_original: true });
      });
    });
    const alice = bench.sandbox.as('alice');
    await alice.command('/dial');
    const first = await alice.expectEphemeral('choose');
    await first.press('more');
    await first.expectText('replaced');
    expect(first.message().ephemeral).toBe(true);
    expect(texts('bob')).toEqual([]);
    await alice.command('/dial');
    const second = await alice.expectEphemeral('choose');
    await second.press('gone');
    await second.expectGone();
  });

  test('never replace the command itself, and answer where the app is no member', async () => {
    bench = await startBench((app) =>
      app.command('/dial', async ({ ack, respond }) => {
        await ack('first');
        await respond({ text: 'second', replace_original: true });
        await respond({ text: 'third', delete_original: true });
        await respond({ text: 'for all', response_type: 'in_channel' });
      }),
    );
    const limei = bench.sandbox.as('limei').in('茶水间');
    await limei.command('/dial');
    await limei.expectMessage('茶水间', 'for all');
    expect(texts('limei', '茶水间')).toEqual(['first', 'second', 'for all']);
    expect(texts('bob', '茶水间')).toEqual(['for all']);
  });

  test('end after 30 minutes', async () => {
    const urls: string[] = [];
    bench = await startBench((app) =>
      app.command('/dial', async ({ ack, body }) => {
        urls.push(body.response_url);
        await ack();
      }),
    );
    await bench.sandbox.as('alice').command('/dial');
    const answer = async () => {
      const response = await fetch(urls[0] ?? '', { method: 'POST', body: JSON.stringify({ text: 'hi' }) });
      return { status: response.status, body: await response.json() };
    };
    await bench.clock.advance(29 * 60_000);
    expect(await answer()).toEqual({ status: 200, body: { ok: true } });
    await bench.clock.advance(2 * 60_000);
    expect(await answer()).toMatchObject({ status: 404, body: { error: 'expired_url' } });
  });
});

import { afterEach, describe, expect, test } from '@jest/globals';
import { type Bench, startBench } from '../../../support/sandbox/bolt.ts';
import { modal, option, plain, section, textInput } from '../../../support/sandbox/views.ts';

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.stop();
  bench = undefined;
});

describe('waiting', () => {
  test('fails at the deadline with what is seen and the masked traffic', async () => {
    bench = await startBench((app) => app.command('/dial', async ({ ack }) => ack('call 13800138000')), { waitMs: 80 });
    const alice = bench.sandbox.as('alice');
    await alice.command('/dial');
    const failure = await alice.expectMessage('general', 'never').catch((error: Error) => error.message);
    expect(failure).toContain('Waited 80 ms for a message in general with never');
    expect(failure).toContain('alice sees:');
    expect(failure).toContain('→ app  slash_commands /dial  acked');
    expect(String(failure).split('Traffic:')[1]).toContain('138****8000');
    expect(String(failure).split('Traffic:')[1]).not.toContain('13800138000');
  });

  test('sees what comes later, and only the person’s own', async () => {
    bench = await startBench(() => undefined);
    const { web, sandbox } = bench;
    const waiting = sandbox.as('alice').expectMessage('outbound-calls', /later \d/);
    await web.chat.postMessage({ channel: 'C0CALLS001', text: 'later 1' });
    expect((await waiting).text()).toBe('later 1');
    await web.chat.postEphemeral({ channel: 'C0CALLS001', user: 'U0ALICE001', text: 'private' });
    await sandbox.as('alice').in('outbound-calls').expectEphemeral('private');
    await expect(sandbox.as('bob').in('outbound-calls').expectEphemeral('private', { timeoutMs: 50 })).rejects.toThrow(
      'but it did not happen',
    );
  });
});

describe('filling', () => {
  test('a choice that is not offered, an input that is not there', async () => {
    const line = {
      type: 'input' as const,
      block_id: 'line',
      label: plain('Line'),
      element: { type: 'static_select' as const, action_id: 'line', options: [option('1', 'Line A')] },
    };
    bench = await startBench(
      (app) =>
        app.command('/dial', async ({ ack, client, body }) => {
          await ack();
          await client.views.open({ trigger_id: body.trigger_id, view: modal('Form', [line, section('x')]) });
        }),
      { waitMs: 100 },
    );
    const alice = bench.sandbox.as('alice');
    await alice.command('/dial');
    const form = await alice.expectModal('form', { timeoutMs: 15_000 });
    await expect(form.fill({ line: 'Line B' }).submit()).rejects.toThrow('line offers no “Line B”, only: “Line A” (1)');
    await expect(form.fill({ nowhere: 'x' }).submit()).rejects.toThrow('the input nowhere');
    expect(await form.fill({ line: '1' }).apply()).toBe(form);
    expect(form.value('line')).toEqual(option('1', 'Line A'));
    await form.fill({ line: null }).apply();
    expect(form.value('line')).toBeNull();
    await expect(form.press('nothing')).rejects.toThrow('There is no nothing here');
  });

  test('external choices: suggested, and only after enough characters', async () => {
    bench = await startBench((app) => {
      app.command('/dial', async ({ ack, client, body }) => {
        await ack();
        const element = { type: 'external_select' as const, action_id: 'script' };
        const input = { type: 'input' as const, block_id: 'script', label: plain('Script'), element };
        await client.views.open({ trigger_id: body.trigger_id, view: modal('Form', [input, textInput('name')]) });
      });
      app.options('script', async ({ ack, options }) => {
        await ack({ option_groups: [{ label: plain('Found'), options: [option('7', `${options.value} seven`)] }] });
      });
    });
    const alice = bench.sandbox.as('alice');
    await alice.command('/dial');
    const form = await alice.expectModal('Form');
    await expect(form.fill({ script: 'ab' }).apply()).rejects.toThrow('before 3 characters');
    await form.fill({ script: 'spring' }).apply();
    expect(form.value('script')).toEqual(option('7', 'spring seven'));
  });
});

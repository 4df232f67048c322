import { afterEach, describe, expect, test } from '@jest/globals';
import { faultSentence } from '../../../../sandbox/slack/form-rules.ts';
import { defaultSeed } from '../../../../sandbox/slack/seed.ts';
import { languageOf, workspaceWords } from '../../../../sandbox/slack/words.ts';
import { type Bench, startBench } from '../../../support/sandbox/bolt.ts';
import { button, modal, textInput } from '../../../support/sandbox/views.ts';
import { foreignWords } from '../../../support/words.ts';

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.stop();
  bench = undefined;
});

const shortcuts = [{ callbackId: 'unheard', name: '新建外呼任务', type: 'global' as const }];

describe('what the workspace says to a person', () => {
  test('is in their own language: notes, toasts, and the errors at fields', async () => {
    bench = await startBench(
      (app) => {
        app.command('/dial', async ({ ack, body, client }) => {
          if (body.text !== 'form') return;
          await ack();
          await client.views.open({ trigger_id: body.trigger_id, view: modal('Form', [textInput('name')]) });
        });
      },
      { seed: { app: { ...defaultSeed.app, shortcuts } } },
    );
    const { sandbox, clock, web } = bench;
    const timedOut = async (attempt: Promise<unknown>): Promise<void> => {
      await clock.advance(3_000);
      await attempt;
    };
    const blocks = [{ type: 'actions' as const, elements: [button('go')] }];
    await web.chat.postMessage({ channel: 'C0GENERAL1', text: 'card', blocks });
    const said = async (who: string): Promise<string[]> => {
      const person = sandbox.as(who);
      await person.command('/nonsense');
      const parent = await person.say('parent');
      await person.say('/dial', { threadTs: parent.ts }).catch(() => undefined);
      await timedOut(person.command('/dial'));
      await timedOut((await person.expectCard('general', 'card')).press('go'));
      await timedOut(person.shortcut('unheard'));
      await person.command('/dial form');
      const form = await person.expectModal('Form');
      await form.submit();
      const notes = person.snapshot().channels.flatMap(({ messages }) => messages.filter((one) => one.fromSlackbot));
      const toasts = person.snapshot().toasts;
      return [...notes.map(({ text }) => text), ...toasts.map(({ text }) => text), ...Object.values(form.errors())];
    };
    expect(await said('alice')).toEqual([
      expect.stringContaining('/nonsense is not a valid command.'),
      '/dial is not supported in threads. Sorry!',
      '/dial failed with the error "operation_timeout"',
      'This app responded with an error or did not respond in time. Try again?',
      'We had some trouble connecting. “新建外呼任务” did not run.',
      'Please complete this required field.',
    ]);
    const chinese = await said('limei');
    expect(chinese).toHaveLength(6);
    const allowed = ['Slack', '/nonsense', '/dial', 'operation_timeout'];
    expect(chinese.flatMap((text) => foreignWords(text, allowed))).toEqual([]);
  });

  test('locales ask for one of the two languages, and no fault of a field is without words', () => {
    expect(['zh-CN', 'zh', 'zh_TW', 'en-GB', 'de-DE', ''].map(languageOf)).toEqual([
      'zh',
      'zh',
      'zh',
      'en',
      'en',
      'en',
    ]);
    for (const language of ['en', 'zh'] as const) {
      const words = workspaceWords(language);
      for (const code of Object.keys(words.faults) as (keyof typeof words.faults)[]) {
        expect(faultSentence(words, { code, bound: '7' })).toMatch(
          language === 'zh' ? /[\u4e00-\u9fff]/ : /^[A-Z].*\.$/,
        );
      }
    }
  });
});

import { expect, test } from '@jest/globals';
import { sentBack } from '../../../../sandbox/slack/escaping.ts';

test('texts of an app come back with entities, its values as they were', () => {
  const button = { type: 'button', text: { type: 'plain_text', text: 'A & <b>' }, value: '{"name":"A & <b>"}' };
  const view = {
    private_metadata: '{"name":"&"}',
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: 'R&D &amp; &lt;b&gt; <@U1>' }, accessory: button },
      { type: 'input', element: { type: 'plain_text_input', initial_value: 'A & B' } },
    ],
  };
  expect(sentBack(view)).toEqual({
    private_metadata: '{"name":"&"}',
    blocks: [
      {
        type: 'section',
        text: { type: 'mrkdwn', text: 'R&amp;D &amp; &lt;b&gt; <@U1>' },
        accessory: { ...button, text: { type: 'plain_text', text: 'A &amp; &lt;b&gt;' } },
      },
      { type: 'input', element: { type: 'plain_text_input', initial_value: 'A & B' } },
    ],
  });
  expect(sentBack({ text: 'a & b', ts: '1.2' })).toEqual({ text: 'a &amp; b', ts: '1.2' });
});

import { expect, test } from '@jest/globals';
import { AppError } from '../../../../src/core/errors.ts';
import { createNewerBlocks, sendFitting } from '../../../../src/slack/api/newer-blocks.ts';
import { createManualClock } from '../../../support/manual-clock.ts';

const silent = { warn: () => undefined };
const day = 24 * 60 * 60_000;

test('a block that was refused is not tried for a day, and then again; others are', async () => {
  const clock = createManualClock();
  const blocks = createNewerBlocks({ clock, log: silent });
  expect(blocks.mayTake('data_table')).toBe(true);
  blocks.refused('data_table');
  expect([blocks.mayTake('data_table'), blocks.mayTake('data_visualization')]).toEqual([false, true]);
  await clock.advance(day - 1);
  expect(blocks.mayTake('data_table')).toBe(false);
  await clock.advance(1);
  expect(blocks.mayTake('data_table')).toBe(true);
});

/** A Slack that refuses the whole message for that reason; what it was sent. */
function refusing(chatError: string) {
  const sent: string[] = [];
  return {
    sent,
    async send(body: string) {
      sent.push(body);
      if (body === 'whole') throw new AppError('chat_failed', 'x', { details: { chatError } });
      return body;
    },
  };
}

const message = { block: 'data_visualization', whole: 'whole', otherwise: 'plain' } as const;

test('a message that is refused for its block is sent without it, from then on without asking', async () => {
  const blocks = createNewerBlocks({ clock: createManualClock(), log: silent });
  const slack = refusing('invalid_blocks');
  expect(await sendFitting(blocks, message, slack.send)).toBe('plain');
  await sendFitting(blocks, message, slack.send);
  expect(slack.sent).toEqual(['whole', 'plain', 'plain']);
});

test('what is refused for another reason is not sent again', async () => {
  const blocks = createNewerBlocks({ clock: createManualClock(), log: silent });
  const slack = refusing('not_in_channel');
  await expect(sendFitting(blocks, message, slack.send)).rejects.toMatchObject({ code: 'chat_failed' });
  expect([slack.sent, blocks.mayTake('data_visualization')]).toEqual([['whole'], true]);
});

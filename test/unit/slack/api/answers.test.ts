import { expect, test } from '@jest/globals';
import type { WebClient } from '@slack/web-api';
import { AppError, type ErrorDetails } from '../../../../src/core/errors.ts';
import { createOutage } from '../../../../src/core/time/outage.ts';
import { createAnswers } from '../../../../src/slack/api/answers.ts';
import { createManualClock } from '../../../support/manual-clock.ts';
import { recordingLog } from '../../../support/real-store.ts';

const failed = (details: ErrorDetails) => new AppError('chat_failed', 'no', { details });
const revoked = failed({ permanent: true, concerns: 'installation', chatError: 'token_revoked' });

function setUp() {
  const clock = createManualClock();
  const slack = { asked: 0, answer: async (): Promise<unknown> => ({ ok: true }) };
  const auth = {
    test: () => {
      slack.asked += 1;
      return slack.answer();
    },
  };
  const log = recordingLog();
  const outage = createOutage({ clock, log }, { begins: 'begins', ends: 'ends' });
  const answers = createAnswers({ auth } as unknown as Pick<WebClient, 'auth'>, clock, outage);
  const lines = () =>
    log.lines
      .filter(({ level }) => level !== 'debug')
      .map(({ level, message, fields }) => [level, message, fields.what ?? fields.seconds]);
  return { clock, slack, answers, lines };
}

test('a quiet workspace is asked every minute: a token that is refused, and one that is accepted again, show by then', async () => {
  const { clock, slack, answers } = setUp();
  answers.start();
  await clock.advance(59_000);
  expect(slack.asked).toBe(0);
  slack.answer = () => Promise.reject(revoked);
  await clock.advance(1_000);
  expect([slack.asked, answers.refusal()]).toEqual([1, 'token_revoked']);
  slack.answer = async () => ({ ok: true });
  await clock.advance(60_000);
  expect([answers.refusal(), clock.elapsed() - answers.answeredAt()]).toEqual([null, 0]);
  await answers.stop();
  await clock.advance(600_000);
  expect(slack.asked).toBe(2);
});

test('no answer is no refusal, but it grows old', async () => {
  const { clock, slack, answers } = setUp();
  answers.start();
  slack.answer = () => Promise.reject(failed({}));
  await clock.advance(180_000);
  expect([answers.refusal(), clock.elapsed() - answers.answeredAt()]).toEqual([null, 180_000]);
  await answers.stop();
});

test.each<[string, unknown, string | null]>([
  ['the token', revoked, 'token_revoked'],
  ['the channel', failed({ permanent: true, concerns: 'channel', chatError: 'is_archived' }), null],
  [
    'a scope that was declined',
    failed({ permanent: true, concerns: 'installation', chatError: 'missing_scope' }),
    null,
  ],
  ['nothing: Slack is busy', failed({ retryAfterMs: 1_000, chatError: 'ratelimited' }), null],
])('what a call for a message was refused for is heard at once where it concerns %s', (_name, thrown, refusal) => {
  const { answers } = setUp();
  answers.heard(thrown);
  expect(answers.refusal()).toBe(refusal);
  answers.heard(null);
  expect(answers.refusal()).toBeNull();
});

test('a refusal that lasts is logged when it begins and when it ends, with how long it took', async () => {
  const { clock, slack, answers, lines } = setUp();
  answers.start();
  slack.answer = () => Promise.reject(revoked);
  await clock.advance(10 * 60_000);
  expect(lines()).toEqual([['error', 'begins', 'bot token']]);
  slack.answer = async () => ({ ok: true });
  await clock.advance(60_000);
  expect(lines().slice(1)).toEqual([['info', 'ends', 600]]);
  await answers.stop();
});

test('so is a Slack that does not answer at all; one call that fails among others is no outage', async () => {
  const { clock, slack, answers, lines } = setUp();
  answers.start();
  answers.heard(failed({}));
  answers.heard(null);
  slack.answer = () => Promise.reject(failed({}));
  await clock.advance(5 * 60_000);
  expect(lines()).toEqual([['error', 'begins', 'answers']]);
  answers.heard(null);
  expect(lines().slice(1)).toEqual([['info', 'ends', 240]]);
  await answers.stop();
});

import { describe, expect, test } from '@jest/globals';
import { AppError } from '../../../../src/core/errors.ts';
import { en } from '../../../../src/i18n/en.ts';
import { errorSentence } from '../../../../src/i18n/sentences.ts';
import {
  failureText,
  messageOutcome,
  problemOutcome,
  showOutcome,
  viewOutcome,
} from '../../../../src/slack/bolt/outcome.ts';
import { readPrivateData } from '../../../../src/slack/bolt/private-data.ts';
import type { SlackDeps } from '../../../../src/slack/deps.ts';
import { textMessage } from '../../../../src/slack/views/answers.ts';
import { deleteView } from '../../../../src/slack/views/delete.ts';
import { deletedView } from '../../../../src/slack/views/results.ts';
import { createManualClock } from '../../../support/manual-clock.ts';
import { recordingLog } from '../../../support/real-store.ts';
import { sampleTask } from '../../../support/samples.ts';
import { type FakeModal, fakeInteraction, fakeModal } from '../../../support/slack/fake-interaction.ts';
import { actionIds, wordsOf } from '../../../support/view-text.ts';

const outcome = viewOutcome(deletedView('Spring renewal', en));

/** Shows the outcome in that modal, or without one; `waitedMs` is what that took. */
async function show(modal: FakeModal | null, shown = outcome) {
  const clock = createManualClock();
  const log = recordingLog();
  const interaction = fakeInteraction(modal);
  const began = clock.now();
  const inModal = await clock.until(showOutcome({ clock, log }, interaction, shown));
  return { inModal, said: interaction.said, waitedMs: clock.now() - began, warnings: log.lines.length };
}

describe('an outcome', () => {
  test('is shown in its modal, and nowhere else', async () => {
    const modal = fakeModal();
    expect(await show(modal)).toEqual({ inModal: true, said: [], waitedMs: 0, warnings: 0 });
    expect(modal.asked).toHaveLength(1);
  });

  test('without a modal replaces the private message it was asked from', async () => {
    expect(await show(null)).toMatchObject({ inModal: false, said: [{ how: 'replace', ...outcome.message }] });
  });

  test('whose modal was closed is answered at once', async () => {
    const modal = fakeModal(false);
    const expected = { inModal: false, said: [{ how: 'answer', ...outcome.message }], waitedMs: 0, warnings: 0 };
    expect(await show(modal)).toEqual(expected);
    expect(modal.asked).toHaveLength(1);
  });

  test.each([
    ['after a second', {}, 1_000],
    ['after what it asks for', { retryAfterMs: 3_000 }, 3_000],
    ['after half a minute, however long it asks for', { retryAfterMs: 600_000 }, 30_000],
  ])('that Slack is too busy to show is tried once more, %s', async (_, details, waitedMs) => {
    const busy = new AppError('chat_failed', 'ratelimited', { details });
    expect(await show(fakeModal(busy))).toEqual({ inModal: true, said: [], waitedMs, warnings: 1 });
  });

  test.each([
    ['fails again', new AppError('chat_failed', 'ratelimited')],
    ['finds the modal closed', false],
  ])('that %s is answered, and not tried a third time', async (_, second) => {
    const modal = fakeModal(new AppError('chat_failed', 'ratelimited'), second);
    expect(await show(modal)).toMatchObject({ inModal: false, said: [{ how: 'answer' }], warnings: 1 });
    expect(modal.asked).toHaveLength(2);
  });

  test('carries the channel in a view without data of its own, and keeps what a view has', async () => {
    const [bare, own] = [fakeModal(), fakeModal()];
    const privateMetadata = JSON.stringify({ channel: 'C0OTHER', taskId: 't1' });
    await show(bare);
    await show(own, viewOutcome(deleteView({ task: sampleTask(), privateMetadata }, en)));
    expect(readPrivateData(bare.asked[0]?.private_metadata ?? '')).toEqual({ channel: 'C0SALES' });
    expect(own.asked[0]?.private_metadata).toBe(privateMetadata);
  });
});

describe('what is shown', () => {
  test('a view is the message too, unless that is given', () => {
    const view = deletedView('Spring renewal', en);
    expect(viewOutcome(view)).toEqual({ view, message: { text: view.title.text, blocks: view.blocks } });
    const message = textMessage('instead');
    expect(viewOutcome(view, message).message).toBe(message);
  });

  test('a message is the view too, under its title', () => {
    const message = textMessage('Paused.');
    const { view } = messageOutcome('Problem', message, en);
    expect([view.title.text, view.blocks]).toEqual(['Problem', message.blocks]);
  });

  test.each([
    ['nothing to try again', null, []],
    ['the way to try again', '{"form":"new"}', ['form_retry']],
  ])('a problem has %s in the modal and in the message', (_, retry, buttons) => {
    const message = textMessage('It is busy.');
    const shown = problemOutcome({ title: 'Problem', text: 'It is busy.', retry }, message, en);
    expect([actionIds(shown.view), actionIds(shown.message.blocks)]).toEqual([buttons, buttons]);
    expect(shown.message.text).toBe(message.text);
    expect(wordsOf(shown.message.blocks).join()).toContain('It is busy.');
  });

  test('a failure is put into words with the reference under which the log has it', () => {
    const log = recordingLog();
    const error = new AppError('platform_timeout', 'slow');
    const deps: Partial<SlackDeps> = { log };
    const text = failureText(deps as SlackDeps, en, error, 'task start');
    const { reference, where, code } = log.lines[0]?.fields ?? {};
    expect([where, code]).toEqual(['task start', 'platform_timeout']);
    expect(text).toBe(`${errorSentence(en, error)}\n${en.problem.reference(String(reference))}`);
  });
});

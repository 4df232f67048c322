import { describe, expect, test } from '@jest/globals';
import { addressed, isEcho, readSpoken } from '../../../../src/slack/bolt/addressed.ts';

const bot = 'U0BOT';
const mention = { type: 'app_mention', user: 'U1', channel: 'C1', ts: '1.2', text: `<@${bot}> list` };
const direct = { type: 'message', channel_type: 'im', user: 'U1', channel: 'D1', ts: '1.2', text: 'list' };
const of = (event: object) => addressed({ type: 'event_callback', event });

describe('what a person wrote to the app', () => {
  test.each([
    ['a mention is answered where it is', mention, { thread: null, isDirect: false, channel: 'C1', person: 'U1' }],
    ['one in a thread, in the thread', { ...mention, thread_ts: '1.0' }, { thread: '1.0' }],
    ['a direct message is answered beneath it', direct, { thread: '1.2', isDirect: true }],
    ['one in a thread, in the thread', { ...direct, thread_ts: '1.0' }, { thread: '1.0' }],
    ['with a file', { ...direct, subtype: 'file_share', files: [{ id: 'F1' }] }, { files: [{ id: 'F1' }] }],
    ['a reply that is sent to the channel as well', { ...direct, subtype: 'thread_broadcast' }, { text: 'list' }],
  ])('%s', (_, event, expected) => {
    expect(of(event)).toMatchObject(expected);
  });

  test.each([
    ['of a bot', { ...direct, bot_id: 'B1' }],
    ['of a bot that mentions', { ...mention, bot_id: 'B1' }],
    ['an edit', { type: 'message', subtype: 'message_changed', channel: 'D1', ts: '1.3', message: direct }],
    ['an edited mention', { ...mention, edited: { user: 'U1', ts: '1.3' } }],
    ['a deletion', { ...direct, subtype: 'message_deleted' }],
    ['someone joined', { ...direct, subtype: 'channel_join' }],
    ['in a channel without a mention', { ...direct, channel: 'C1', channel_type: 'channel' }],
    ['a mention in direct messages, which comes as a message', { ...mention, channel: 'D1' }],
    ['nobody', { ...direct, user: undefined }],
    ['something else', { type: 'app_home_opened', user: 'U1', channel: 'D1' }],
  ])('%s asks for nothing', (_, event) => {
    expect(of(event)).toBeNull();
  });

  test.each([null, undefined, 'x', {}, { event: 7 }, { event: [] }])('a body of another shape, %j, is none', (body) => {
    expect(addressed(body)).toBeNull();
    expect(isEcho(body)).toBe(false);
  });

  test('an echo is a message that is not new', () => {
    expect(isEcho({ event: { ...direct, subtype: 'message_changed' } })).toBe(true);
    expect(isEcho({ event: { ...direct, subtype: 'message_deleted' } })).toBe(true);
    expect(isEcho({ event: direct })).toBe(false);
    expect(isEcho({ event: { ...direct, subtype: 'file_share' } })).toBe(false);
    expect(isEcho({ event: mention })).toBe(false);
  });
});

describe('the words in a message', () => {
  const at = `<@${bot}>`;
  test.each([
    [`${at} pause 3`, 'pause 3'],
    [`  ${at}   pause 3 `, 'pause 3'],
    [`${at}暂停3`, '暂停3'],
    [`${at}，暂停 会员`, '暂停 会员'],
    [`${at}: list`, 'list'],
    [`<@${bot}|dialdeck> list`, 'list'],
    [`hi ${at}, list`, 'list'],
    [`请 ${at} 暂停 3`, '暂停 3'],
    [`pause 3 ${at}`, 'pause 3'],
    [at, ''],
    [`${at} \`pause 3\``, 'pause 3'],
    [`${at} \`/dial pause 3\``, 'pause 3'],
    [`${at} /dial pause 3`, 'pause 3'],
    [`${at} /dial`, ''],
    ['pause 3', 'pause 3'],
    ['```pause 3```', 'pause 3'],
    ['/dial 暂停 3', '暂停 3'],
    [`${at} watch 3 to <#C2|sales>`, 'watch 3 to <#C2|sales>'],
    [`${at} list ${at}`, `list ${at}`],
  ])('%j: %j', (text, words) => {
    expect(readSpoken(text, bot)).toEqual({ words, isInPassing: false });
  });

  test.each([
    [`we should never let ${at} start 3`, 'start 3'],
    [`ask <@U0OTHER> or ${at} about it`, 'about it'],
  ])('%j says %j in passing', (text, words) => {
    expect(readSpoken(text, bot)).toEqual({ words, isInPassing: true });
  });

  test('a mention of someone else is part of the words', () => {
    expect(readSpoken('<@U0BOTHER> list', 'U0BOT').words).toBe('<@U0BOTHER> list');
    expect(readSpoken('<@U0OTHER> list', null).words).toBe('<@U0OTHER> list');
  });
});

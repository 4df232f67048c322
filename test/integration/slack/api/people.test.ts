import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { createSlackSandbox, type SlackSandbox } from '../../../../sandbox/slack/server.ts';
import { systemClock } from '../../../../src/clock.ts';
import type { Clock } from '../../../../src/core/ports.ts';
import { catalogueOf } from '../../../../src/i18n/translator.ts';
import { boltLogger } from '../../../../src/log.ts';
import { createPeople, type People } from '../../../../src/slack/api/people.ts';
import { recordingLog } from '../../../support/real-store.ts';

const en = catalogueOf('en');
const zh = catalogueOf('zh-CN');

let slack: SlackSandbox;
let client: WebClient;
let now = 0;
const clock: Clock = { now: () => now, elapsed: () => now, sleep: systemClock.sleep };
beforeEach(async () => {
  slack = await createSlackSandbox();
  client = new WebClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    timeout: 2_500,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: boltLogger(recordingLog()),
  });
  now = 1_000_000;
});
afterEach(() => slack.close());

const asked = (): number => slack.traffic.exchanges('users.info').length;

describe('the language of a person', () => {
  test('is asked once an hour', async () => {
    const { catalogueFor } = createPeople('en', clock);
    const limei = slack.as('limei').id;
    expect(await catalogueFor(limei, client)).toBe(zh);
    now += 59 * 60_000;
    expect(await catalogueFor(limei, client)).toBe(zh);
    expect(asked()).toBe(1);
    now += 60_000;
    await catalogueFor(limei, client);
    expect(asked()).toBe(2);
    expect(await catalogueFor(slack.as('alice').id, client)).toBe(en);
  });

  test('is asked once for several things that happen at the same time', async () => {
    const { catalogueFor } = createPeople('en', clock);
    const limei = slack.as('limei').id;
    const all = await Promise.all([1, 2, 3].map(() => catalogueFor(limei, client)));
    expect(all).toEqual([zh, zh, zh]);
    expect(asked()).toBe(1);
  });

  test.each([
    ['an error', { kind: 'error', error: 'user_not_found' }],
    ['HTTP 500', { kind: 'status', status: 500 }],
    ['a rate limit', { kind: 'rate_limited', retryAfter: 30 }],
  ] as const)('%s: the default now, asked again the next time', async (_, fault) => {
    const { catalogueFor } = createPeople('en', clock);
    const limei = slack.as('limei').id;
    slack.faults.next('users.info', fault);
    expect(await catalogueFor(limei, client)).toBe(en);
    expect(await catalogueFor(limei, client)).toBe(zh);
  });

  test('a slow answer is not waited for, but remembered', async () => {
    const waits: number[] = [];
    let timeUp: Promise<void> = Promise.resolve();
    const sleep = (ms: number): Promise<void> => {
      waits.push(ms);
      return timeUp;
    };
    const { catalogueFor } = createPeople('en', { ...clock, sleep });
    const limei = slack.as('limei').id;
    slack.faults.next('users.info', { kind: 'delay', ms: 100 });
    expect(await catalogueFor(limei, client)).toBe(en);
    expect(waits).toHaveLength(1);
    expect(waits[0]).toBeLessThan(900);
    timeUp = new Promise(() => undefined);
    expect(await catalogueFor(limei, client)).toBe(zh);
    expect(asked()).toBe(1);
  });

  test('when it cannot be read again, the last known one is kept', async () => {
    const { catalogueFor } = createPeople('en', clock);
    const limei = slack.as('limei').id;
    await catalogueFor(limei, client);
    now += 3_600_000;
    slack.faults.next('users.info', { kind: 'error', error: 'internal_error' });
    expect(await catalogueFor(limei, client)).toBe(zh);
  });
});

describe('who a person is', () => {
  const lookUp = (people: People, person: string) => people.lookUp(person, client, 1_000);
  const kindOf = async (people: People, who: string) => (await lookUp(people, slack.as(who).id)).kind;

  test('one look-up serves admission and language', async () => {
    const people = createPeople('en', clock);
    const limei = slack.as('limei').id;
    expect(await lookUp(people, limei)).toMatchObject({
      kind: 'known',
      profile: { teamId: 'T0SANDBOX1', guest: false, bot: false, deactivated: false, stranger: false },
    });
    expect(await people.catalogueFor(limei, client)).toBe(zh);
    expect(asked()).toBe(1);
  });

  test('people are named as they want it, from the same look-up; nobody is named whom Slack does not name', async () => {
    const people = createPeople('en', clock);
    const [alice, limei] = [slack.as('alice').id, slack.as('limei').id];
    await people.lookUp(limei, client, 1_000);
    expect(await people.namesOf([alice, limei, alice, 'U0NOBODY'], client)).toEqual(
      new Map([
        [alice, 'Alice Chen'],
        [limei, '李梅'],
      ]),
    );
    expect(asked()).toBe(3);
    slack.faults.next('users.info', { kind: 'error', error: 'missing_scope' });
    expect(await createPeople('en', clock).namesOf([alice], client)).toEqual(new Map());
  });

  test('what Slack says now stands for two hours while it cannot be asked, and no longer', async () => {
    const people = createPeople('en', clock);
    expect(await kindOf(people, 'alice')).toBe('known');
    const alice = slack.workspace.users.get(slack.as('alice').id);
    if (alice !== undefined) alice.isGuest = true;
    now += 61 * 60_000;
    slack.faults.next('users.info', { kind: 'error', error: 'internal_error' });
    expect(await lookUp(people, slack.as('alice').id)).toMatchObject({ profile: { guest: false } });
    expect(await lookUp(people, slack.as('alice').id)).toMatchObject({ profile: { guest: true } });
    now += 121 * 60_000;
    slack.faults.next('users.info', { kind: 'error', error: 'internal_error' });
    expect(await kindOf(people, 'alice')).toBe('unanswered');
  });

  test('nobody, a declined scope, and no answer are told apart', async () => {
    const people = createPeople('en', clock);
    expect((await lookUp(people, 'U0NOBODY01')).kind).toBe('nobody');
    slack.faults.next('users.info', { kind: 'error', error: 'missing_scope' });
    expect(await kindOf(people, 'bob')).toBe('declined');
    slack.faults.next('users.info', { kind: 'status', status: 200, body: '<html>' });
    expect(await kindOf(people, 'alice')).toBe('unanswered');
  });
});

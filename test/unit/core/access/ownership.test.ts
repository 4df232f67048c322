import { describe, expect, test } from '@jest/globals';
import { createAccountGuard, foreignIn, judgeAccount, noAccounts } from '../../../../src/core/access/ownership.ts';
import { AppError } from '../../../../src/core/errors.ts';
import type { AccountSource, KnownAccounts, StoreOwner } from '../../../../src/core/model/store-owner.ts';
import { recordingLog } from '../../../support/real-store.ts';

const owner: StoreOwner = { workspace: 'T1', app: 'A1', platform: 'dialer.example', accounts: noAccounts };
const { accounts: _, ...home } = owner;

describe('a place is another', () => {
  test.each<[string, Partial<StoreOwner>, string[]]>([
    ['the same', {}, []],
    ['another workspace', { workspace: 'T2', app: 'A2' }, ['workspace', 'app']],
    ['another app', { app: 'A2' }, ['app']],
    ['an app that the chat does not name', { app: null }, []],
    ['a workspace that the chat does not name', { workspace: null }, []],
    ['another platform', { platform: 'other.example' }, ['platform']],
    ['everything else', { workspace: 'T2', app: 'A2', platform: 'x' }, ['workspace', 'app', 'platform']],
  ])('%s', (_name, change, foreign) => {
    expect(foreignIn(owner, { ...home, ...change })).toEqual(foreign);
    expect(foreignIn({ ...owner, ...change }, home)).toEqual(foreign);
  });
});

describe('an account', () => {
  const known = (list: string[], init: string[]): KnownAccounts => ({ list, init });

  test.each<[string, KnownAccounts, [AccountSource, string[], boolean], string, KnownAccounts]>([
    ['first use, by init', noAccounts, ['init', ['a'], false], 'same', known([], ['a'])],
    ['first use, by a list', noAccounts, ['list', ['a', 'b'], false], 'same', known(['a', 'b'], [])],
    ['nothing is shown', known(['a'], ['a']), ['list', [], true], 'untold', known(['a'], ['a'])],
    ['as before', known(['a'], ['a']), ['list', ['a'], false], 'same', known(['a'], ['a'])],
    ['a colleague joined', known(['a'], []), ['list', ['a', 'b'], false], 'same', known(['a', 'b'], [])],
    ['only the colleague is left', known(['a', 'b'], []), ['list', ['b'], false], 'same', known(['a', 'b'], [])],
    ['another', known(['a'], ['a']), ['list', ['x'], false], 'other', known(['a'], ['a'])],
    ['another, whatever was shown before', known(['a'], ['a']), ['init', ['x'], true], 'other', known(['a'], ['a'])],
    ['shared scripts, after the list vouched', known(['a'], []), ['init', ['s'], true], 'same', known(['a'], ['s'])],
    [
      'another by init, where only lists are known',
      known(['a'], []),
      ['init', ['x'], false],
      'untold',
      known(['a'], []),
    ],
    [
      'the same by init, where only lists are known',
      known(['a'], []),
      ['init', ['a'], false],
      'same',
      known(['a'], ['a']),
    ],
  ])('%s', (_name, before, [source, accounts, vouched], verdict, after) => {
    expect(judgeAccount(before, { source, accounts: new Set(accounts) }, vouched)).toEqual({ verdict, known: after });
  });

  test('is known by no more ids than it takes', () => {
    const many = new Set(Array.from({ length: 5_000 }, (_, index) => `a${index}`));
    expect(judgeAccount(noAccounts, { source: 'list', accounts: many }, false).known.list).toHaveLength(200);
  });
});

describe('the guard', () => {
  const list = (...accounts: string[]) => ({ source: 'list' as const, accounts: new Set(accounts) });
  const setUp = (stored: KnownAccounts = noAccounts) => {
    const state = { stored, now: 0, failing: false };
    const guard = createAccountGuard({
      store: {
        async learnAccounts(learn) {
          if (state.failing) throw new AppError('store_failed', 'silent');
          state.stored = learn(state.stored);
          return state.stored;
        },
      },
      clock: { elapsed: () => state.now },
      log: recordingLog(),
    });
    return { guard, state };
  };

  test('keeps the first account, admits it from then on, and refuses another until it is the first again', async () => {
    const { guard, state } = setUp();
    await guard.admit(list('a'));
    expect(state.stored).toEqual({ list: ['a'], init: [] });
    state.now = 10;
    await expect(guard.admit(list('x'))).rejects.toMatchObject({ code: 'platform_other_account' });
    expect([guard.isTold(0), guard.isTold(5)]).toEqual([true, false]);
    await guard.admit(list('a'));
    expect(guard.isTold(10)).toBe(true);
    expect(state.stored).toEqual({ list: ['a'], init: [] });
  });

  test('an empty list says nothing', async () => {
    const { guard } = setUp();
    await guard.admit(list());
    expect(guard.isTold(0)).toBe(false);
  });

  test('of two bots on a new store, the account of the first counts', async () => {
    const { guard } = setUp({ list: ['of the other bot'], init: [] });
    await expect(guard.admit(list('a'))).rejects.toMatchObject({ code: 'platform_other_account' });
  });

  test('a silent store is no reason to refuse our own account', async () => {
    const { guard, state } = setUp({ list: ['a'], init: [] });
    guard.know(state.stored);
    state.failing = true;
    await guard.admit(list('a', 'b'));
    expect(guard.isTold(0)).toBe(true);
    await expect(guard.admit(list('x'))).rejects.toMatchObject({ code: 'platform_other_account' });
  });
});

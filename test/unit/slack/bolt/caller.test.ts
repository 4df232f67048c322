import { describe, expect, test } from '@jest/globals';
import { refusedAtSight, refusedOnLook } from '../../../../src/slack/bolt/admission.ts';
import { callerOf } from '../../../../src/slack/bolt/caller.ts';

test.each([null, undefined, '', 7, [], { user: 5, team: [], event: 'x', actions: {} }])(
  'a body of another shape, %j, names nobody and no place',
  (body) => {
    const caller = callerOf(body);
    expect(caller).toMatchObject({ appId: null, teamIds: [], person: null });
    expect(refusedAtSight(caller, { teamId: 'T1', enterpriseId: null, appId: 'A1' })).toBe('other_team');
  },
);

describe('in an Enterprise organization', () => {
  const home = { teamId: 'T1', enterpriseId: 'E1', appId: 'A1' };
  const from = (team: string, personTeam: string, enterprise: string | null = 'E1') =>
    callerOf({
      type: 'block_actions',
      api_app_id: 'A1',
      team: { id: team },
      enterprise: enterprise === null ? null : { id: enterprise },
      user: { id: 'U1', team_id: personTeam },
    });
  const profile = {
    teamId: 'T2',
    enterpriseId: 'E1',
    deactivated: false,
    bot: false,
    guest: false,
    stranger: false,
    name: null,
  };
  const rules = { allowGuests: false, pausing: false };

  test.each([
    ['T1', 'T1'],
    ['T2', 'T2'],
    ['T1', 'E1'],
  ])('a colleague in %s, at home in %s, is looked at', (team, personTeam) => {
    expect(refusedAtSight(from(team, personTeam), home)).toBeNull();
  });

  test('the look-up tells a colleague of another workspace from a stranger', () => {
    const caller = from('T1', 'T2');
    expect(refusedOnLook(caller, home, { kind: 'known', profile }, rules)).toBeNull();
    const other = { ...profile, enterpriseId: 'E2' };
    expect(refusedOnLook(caller, home, { kind: 'known', profile: other }, rules)).toBe('stranger');
    expect(refusedOnLook(caller, home, { kind: 'declined' }, rules)).toBe('stranger');
    expect(refusedOnLook(caller, home, { kind: 'unanswered' }, { ...rules, pausing: true })).toBe('unsure');
  });

  test('another organization is refused at sight', () => {
    expect(refusedAtSight(from('T9', 'T9', 'E9'), home)).toBe('other_team');
    expect(refusedAtSight(from('T9', 'T9', null), home)).toBe('other_team');
  });
});

describe('at sight', () => {
  const home = { teamId: 'T1', enterpriseId: null, appId: 'A1' };
  const shortcut = { type: 'shortcut', team: { id: 'T1' }, user: { id: 'U1', team_id: 'T1' } };

  test('a payload without an app id, as shortcuts are, is not refused for that; one of another app is', () => {
    expect(refusedAtSight(callerOf(shortcut), home)).toBeNull();
    expect(refusedAtSight(callerOf({ ...shortcut, api_app_id: 'A2' }), home)).toBe('other_app');
  });

  test('only an event may have no author', () => {
    expect(refusedAtSight(callerOf({ ...shortcut, user: null }), home)).toBe('stranger');
    const uninstalled = { type: 'event_callback', team_id: 'T1', event: { type: 'app_uninstalled' } };
    expect(refusedAtSight(callerOf(uninstalled), home)).toBeNull();
  });
});

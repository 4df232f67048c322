import type { Installation } from '../api/installation.ts';
import type { LookedUp, Profile } from '../api/people.ts';
import type { Caller } from './caller.ts';

/** Why someone is turned away. `unsure`: Slack could not be asked who they are; trying again may help. */
export type Refusal =
  | 'other_app'
  | 'other_team'
  | 'stranger'
  | 'bot'
  | 'deactivated'
  | 'guest'
  | 'unsure'
  | 'over_share';

type Home = Pick<Installation, 'teamId' | 'enterpriseId'>;

function isOurs({ teamId, enterpriseId }: Home, team: string | null, enterprise: string | null = null): boolean {
  if (team === teamId) return true;
  return enterpriseId !== null && (team === enterpriseId || enterprise === enterpriseId);
}

/** Slackbot counts as no bot in `users.info`. */
const slackbot = 'USLACKBOT';

/** What the payload alone tells against its sender; null when nothing does. */
export function refusedAtSight(caller: Caller, home: Installation): Refusal | null {
  const { kind, appId, teamIds, enterpriseId, person, personTeam } = caller;
  // Shortcuts carry no app id; their signature, or the socket they came through, is the app's own.
  if (home.appId !== null && appId !== null && appId !== home.appId) return 'other_app';
  // A place is ours by any of its names: a shared channel carries those of both sides.
  const ours = teamIds.some((team) => isOurs(home, team, enterpriseId)) || isOurs(home, null, enterpriseId);
  if (!ours) return 'other_team';
  if (caller.bot || person === slackbot) return 'bot';
  // Some events have no author; anything else without one is not from Slack as we know it.
  if (person === null) return kind === 'event' ? null : 'stranger';
  // Inside an organization a colleague's workspace is another one: only the look-up can tell them from a stranger.
  const foreign = personTeam !== null && !isOurs(home, personTeam);
  return foreign && home.enterpriseId === null ? 'stranger' : null;
}

/** What is known of a person tells against them; null when nothing does. */
export function refusedOnLook(
  { personTeam }: Caller,
  home: Home,
  looked: LookedUp,
  rules: { allowGuests: boolean; pausing: boolean },
): Refusal | null {
  const atHome = personTeam === null || isOurs(home, personTeam);
  switch (looked.kind) {
    case 'known':
      return refusedByProfile(looked.profile, home, rules.allowGuests);
    case 'nobody':
      return 'stranger';
    case 'declined':
      return atHome ? null : 'stranger';
    case 'unanswered':
      // Stopping calls must not wait for a look-up that fails.
      return rules.pausing && atHome ? null : 'unsure';
  }
}

function refusedByProfile(profile: Profile, home: Home, allowGuests: boolean): Refusal | null {
  const { teamId, enterpriseId, stranger, bot, deactivated, guest } = profile;
  if (stranger || (teamId !== null && !isOurs(home, teamId, enterpriseId))) return 'stranger';
  if (bot) return 'bot';
  if (deactivated) return 'deactivated';
  return guest && !allowGuests ? 'guest' : null;
}

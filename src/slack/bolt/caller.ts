import { z } from 'zod';

/** Who sent a payload, as the payload itself says. */
export interface Caller {
  /** `command`, `event`, or Slack's own name of the kind of interaction. */
  kind: string;
  appId: string | null;
  /** The workspaces the payload is for, and the Enterprise organization. */
  teamIds: readonly string[];
  enterpriseId: string | null;
  /** null for an event that no person caused. */
  person: string | null;
  /** The workspace of that person, where the payload says it. */
  personTeam: string | null;
  /** Sent by a bot. */
  bot: boolean;
}

const text = z.string().nullish().catch(null);
const ref = z.object({ id: text }).nullish().catch(null);
const person = z
  .union([z.string().transform((id) => ({ id, team_id: null })), z.object({ id: text, team_id: text })])
  .nullish()
  .catch(null);

const event = z
  .object({
    type: text,
    user: person,
    bot_id: text,
    user_team: text,
    source_team: text,
    team: text,
    channel: text,
    message: z.object({ user: person, bot_id: text, user_team: text }).nullish().catch(null),
  })
  .nullish()
  .catch(null);

const payload = z.object({
  type: text,
  command: text,
  api_app_id: text,
  team_id: text,
  enterprise_id: text,
  team: ref,
  enterprise: ref,
  user_id: text,
  user: person,
  bot_id: text,
  event,
  authorizations: z
    .array(z.object({ team_id: text, enterprise_id: text }).catch({ team_id: null, enterprise_id: null }))
    .nullish()
    .catch(null),
});
type Payload = z.infer<typeof payload>;

const empty = payload.parse({});
/** Never fails: what is missing or of another shape is null, and the caller decides what that means. */
const parsePayload = (body: unknown): Payload => {
  const parsed = payload.safeParse(body);
  return parsed.success ? parsed.data : empty;
};

const given = (...ids: (string | null | undefined)[]): string[] => ids.filter((id): id is string => Boolean(id));

/** Who sent this. A slash command names no workspace of its person beside its own. */
export function callerOf(body: unknown): Caller {
  const parsed = parsePayload(body);
  const { authorizations, event: happened } = parsed;
  const teamIds = given(parsed.team?.id, parsed.team_id, ...(authorizations ?? []).map(({ team_id }) => team_id));
  const enterpriseId =
    given(parsed.enterprise?.id, parsed.enterprise_id, authorizations?.[0]?.enterprise_id)[0] ?? null;
  const place = { appId: parsed.api_app_id ?? null, teamIds, enterpriseId };
  if (happened) {
    const { user, message, user_team, source_team, team, bot_id } = happened;
    return {
      ...place,
      kind: 'event',
      person: user?.id ?? message?.user?.id ?? null,
      personTeam: given(user_team, message?.user_team, source_team, team)[0] ?? null,
      bot: given(bot_id, message?.bot_id).length > 0,
    };
  }
  const isCommand = typeof parsed.command === 'string';
  return {
    ...place,
    kind: isCommand ? 'command' : (parsed.type ?? 'unknown'),
    person: parsed.user?.id ?? parsed.user_id ?? null,
    personTeam: (isCommand ? parsed.team_id : parsed.user?.team_id) ?? null,
    bot: given(parsed.bot_id).length > 0,
  };
}

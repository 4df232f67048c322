/** Why a person is refused before anything is done; visible to that person only. */
export const refusals = {
  other_app: 'This was meant for another app, so nothing was done.',
  other_team: 'I serve the workspace that installed me and do nothing for another one. Nothing was done.',
  stranger:
    'I work for members of the workspace that installed me. You belong to another organization, so nothing was done.',
  bot: 'I take no orders from apps or bots. Nothing was done.',
  deactivated: 'This account is deactivated, so nothing was done.',
  guest:
    'Guests of this workspace cannot use me, so nothing was done. An administrator can allow it with the setting `ALLOW_GUESTS`.',
  unsure:
    'Slack did not confirm who you are, so nothing was done. Try again in a moment; pausing a task works meanwhile.',
  over_share:
    'That was a lot at once, so the last request was not carried out. Wait a few seconds; pausing a task always works.',
};

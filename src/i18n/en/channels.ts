/** About channels. Nothing here names one that its reader may not be in. */
export const channels = {
  mistake: (typed: string) =>
    `${typed} is no channel of this workspace, so nothing was changed. Type \`#\` and choose the channel from the list that Slack shows.`,
  outside:
    'You or I are not in that channel, or it does not exist, so nothing was changed. Join it, type `/invite @Dialdeck` there, and try again.',
  declined:
    'I cannot check whether you are in that channel, because the scopes `channels:read` and `groups:read` were not granted. Type the command in that channel itself.',
  unanswered: 'Slack did not confirm that you are in that channel, so nothing was changed. Try again in a moment.',
  absent:
    'I cannot post here: this is a private channel or a conversation that I am not in. In a channel, type `/invite @Dialdeck` and try again; for yourself, use my direct messages.',
  archived: 'That channel is archived, so I cannot post there. Unarchive it, or choose another channel.',
  ended: (who: string, name: string, channel: string) => `${who} ended your watch of *${name}* in ${channel}.`,
};

/** What another version of the app has left in Slack; visible to the person who uses it. `ours`: the command, as code. */
export const otherVersion = {
  command: (theirs: string, ours: string) =>
    `${theirs} is not my command here, so nothing was done. Type ${ours} instead. If ${theirs} is meant to work, ask your administrator to compare \`SLACK_COMMAND\` with the app's manifest.`,
  button: (ours: string) =>
    `This button is from another version of Dialdeck, so nothing was done. Type ${ours} to get its current form.`,
  form: (ours: string) =>
    `This form is from another version of Dialdeck, so nothing was done. What you typed is still here: copy what you need, and open the form anew with ${ours}.`,
  shortcut: (help: string) =>
    `This shortcut is from another version of Dialdeck, so nothing was done. Type ${help} to see what works.`,
  other: (ours: string) =>
    `Slack sent something that this version of Dialdeck does not know, so nothing was done. Type ${ours} to go on.`,
  /** In place of the options of a menu: 75 characters at most. */
  menu: 'This form is outdated. Close it and open it anew.',
};

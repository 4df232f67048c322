/** What is said while something is going on, or when it has to wait. */
export const work = {
  working: 'Working on it: the calling platform has not answered yet.',
  busy: 'This task is just being changed by an earlier press. Look at its card in a moment.',
  overtaken:
    'Somebody asked to pause this task while the start was under way, and a pause always wins. Start it again if it is meant to run.',
  /** An error at the name field: the rest of the form stays as it is. */
  notReady: 'The calling platform has not been read yet. Nothing is lost: submit again in a few seconds.',
  oneByOne: (command: string) =>
    `Tasks are started and paused by name, not all at once, and nothing was changed. List them with \`${command} list\`, then name several by their numbers: \`1 3 4\`.`,
  /** A form whose task was never made, because the process died. */
  cutOff: (name: string) =>
    `I was restarted while creating *${name}*, and the calling platform shows no such task. Open the form to create it.`,
  /** The name a copy starts with. */
  copyOf: (name: string) => `${name} (copy)`,
  nothingGiven: 'Paste numbers here, or upload a file below.',
  bothGiven: 'Either paste numbers or upload a file, not both: leave this empty to take the file.',
  noTask: 'Choose the task that gets the numbers.',
  sentBefore: 'This import was sent before. Its numbers are not sent again.',
};

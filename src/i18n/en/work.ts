/** Messages about work that is still in progress or has to wait. */
export const work = {
  working: 'Working on it: the calling platform takes its time. The answer follows here.',
  busy: 'Another action on this task is still running. Check its card in a moment.',
  overtaken:
    'Someone paused this task while it was being started, and a pause always wins. Start it again if it should run.',
  /** Shown as an error on the name field, so that the rest of the form stays as it is. */
  notReady: 'Data from the calling platform is still loading. Your input is kept: submit again in a few seconds.',
  oneByOne: (list: string) =>
    `A start needs specific tasks and cannot be applied to all of them. Nothing was changed. List the tasks with ${list}, then give the numbers of the ones you mean: \`1 3 4\`.`,
  noList: (ref: string) =>
    `You have not opened a list yet, so ${ref} names no task. This is the list; its numbers can be used from now on.`,
  tooMany: 'One command can name up to 10 tasks. Nothing was changed. Name fewer of them at a time.',
  /** A submitted form whose task was never created because the process died. */
  cutOff: (name: string) =>
    `I was restarted while creating *${name}*, and the task is not on the calling platform. Open the form to create it.`,
  /** Shown in a view whose work was cut off because the process died. */
  interrupted: {
    import: 'I was restarted before your numbers were ready to be sent. Nothing was sent: give the list again.',
    launch:
      'I was restarted before this was confirmed. Nothing was created and nothing was sent. Your input is kept; the numbers have to be given again.',
    task: 'I was restarted while working on this. If anything reached the calling platform, you get a direct message about what became of it; otherwise nothing was changed.',
    other: 'I was restarted while working on this, so it may not have been saved. Open it again and check.',
  },
  nothingGiven: 'Paste numbers here, or upload a file below.',
  bothGiven: 'Either paste numbers or upload a file, not both. To use the file, leave this empty.',
  chooseTask: 'Choose a task.',
  noTask: 'Choose the task to import into.',
  sentBefore: 'This import was already sent. Its numbers are not sent again.',
};

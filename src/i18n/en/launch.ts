/** A task that is created with its first numbers, and started where that is wanted. */
export const launch = {
  /** At most 24 characters each. */
  button: 'Create, import and start',
  submit: 'Create and import',
  into: (name: string) => `Into a new task, *${name}*`,
  clear: 'Ready to start: no problems were found.',
  refused: 'The task cannot be started now. It can be created with its numbers, and started later:',
  created: (name: string) => `*${name}* was created.`,
  withoutTask: (name: string) =>
    `The numbers for *${name}* were not imported, and nothing was started: no task is known to have been created for them.`,
  continues: (name: string) =>
    `It is not known yet whether *${name}* was created. Its numbers wait. As soon as the task is there, everything else follows by itself, and you get a direct message about how it ends.`,
  waits: 'Its numbers wait until then: as soon as the task is there, they are imported by themselves.',
};

import { counted, grouped } from '../format.ts';

/** Views without a submit button: what is in progress. */
export const waiting = {
  form: 'Reading lines and scripts from the calling platform…',
  edit: 'Reading the task from the calling platform…',
  import: 'Reading the tasks from the calling platform…',
  creating: 'Creating the task…',
  saving: 'Saving the changes…',
  deleting: 'Deleting the task…',
  reading_numbers: 'Reading the numbers…',
  sending_numbers: 'Sending the numbers to the calling platform…',
  pausing_import: 'Pausing the task, then sending the numbers…',
  checking: 'Checking the outcome on the calling platform…',
  starting: 'Starting the task…',
  pausing: 'Pausing the task…',
  quiet_hours: 'Reading the quiet hours…',
  saving_hours: 'Saving the quiet hours…',
  notices: 'Reading the settings…',
  saving_notices: 'Saving the settings…',
  watch: 'Reading the tasks from the calling platform…',
  watching: 'Setting up the card…',
  lines: 'Reading the lines and their tasks…',
  moving: 'Lowering the first task…',
  schedule: 'Reading the schedule…',
  checking_schedule: 'Checking what the schedule would do…',
  saving_schedule: 'Saving the schedule…',
  selecting: 'Reading the tasks from the calling platform…',
  pausing_selected: 'Pausing the selected tasks…',
  keepOpen: 'You can close this window; the work continues.',
  moment: 'This takes a moment.',
};

export const problem = {
  /** Shown under an error, so that its log line can be found. */
  reference: (id: string) => `Reference ${id}`,
};

export const results = {
  created: (name: string) => `*${name}* was created. It is paused and has no numbers yet.`,
  createdBefore: (name: string) => `*${name}* was already created by an earlier submission. Nothing was created twice.`,
  next: 'Import numbers, then start it.',
  cardIn: (channel: string) => `It is shown in ${channel} and stays up to date.`,
  saved: (name: string) => `The changes to *${name}* are saved and verified on the platform.`,
  deleted: (name: string) => `*${name}* has been deleted. Its cards are no longer updated.`,
};

/** An action whose response was lost and whose outcome reading back could not establish. */
export const unknown = {
  create: 'It is not known yet whether the task was created.',
  save: 'It is not known yet whether the changes were saved.',
  delete: 'It is not known yet whether the task was deleted.',
  start: 'It is not known yet whether the task was started.',
  pause: 'It is not known yet whether the task was paused. Calls may still be going out.',
  notCreated:
    "The task was not created: it is not in the platform's task list. Your input is still here; submit it again if you still want the task.",
  notSaved: (name: string) =>
    `The changes to *${name}* were not saved: the platform shows different values. Your input is still here; review and save it again.`,
  notDeleted: (name: string) => `*${name}* was not deleted: it still exists on the platform.`,
  notStarted: (name: string) => `*${name}* was not started: the platform shows it as paused.`,
  notPaused: (name: string) => `*${name}* was not paused: the platform shows it as running. Pause it again.`,
  nothingResent:
    'Nothing is sent again until this is resolved. *Check now* only reads from the platform and changes nothing.',
};

export const difference = {
  intro: (name: string) => `Changes to *${name}*:`,
  nothing: (name: string) => `There are no changes to *${name}*.`,
  change: (label: string, before: string, after: string) => `*${label}*\n${before} → *${after}*`,
  movedMeanwhile:
    'Someone else changed this task after you opened it. *Overwrite* replaces their changes with yours; *Reload* shows the current values.',
  running: 'This task is running. Changes apply only to calls that have not started yet.',
  reloadTitle: 'Reload the task?',
  reloadText: 'What you typed here will be lost.',
};

export const deletion = {
  question: 'This deletes the task and everything in it from the calling platform. It cannot be undone.',
  numbers: (left: number, total: number) =>
    `It has ${counted(total, 'number', 'numbers')}, ${left === 0 ? 'all dialed' : `${grouped(left)} not dialed yet`}.`,
  confirmLabel: 'Type the task name to confirm',
  confirmPart: 'Type the line above to confirm',
  running: (name: string) => `*${name}* is running, and a running task cannot be deleted. Pause it first.`,
  mismatch: 'This is not the task name. Type it exactly as shown above.',
};

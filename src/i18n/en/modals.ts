import { counted, grouped } from '../format.ts';

/** Views without a submit button: what is being done right now. */
export const waiting = {
  form: 'Reading lines and scripts from the calling platform…',
  edit: 'Reading the task from the calling platform…',
  import: 'Reading the tasks from the calling platform…',
  creating: 'Creating the task…',
  saving: 'Saving the changes…',
  deleting: 'Deleting the task…',
  reading_numbers: 'Reading the numbers…',
  sending_numbers: 'Sending the numbers to the calling platform…',
  checking: 'Asking the calling platform what happened…',
  starting: 'Starting the task…',
  pausing: 'Pausing the task…',
  keepOpen: 'You can close this window: the work goes on.',
  moment: 'This takes a moment.',
};

export const problem = {
  /** Stands under an error, so that whoever looks into the log finds it. */
  reference: (id: string) => `Reference ${id}`,
};

export const results = {
  created: (name: string) => `*${name}* was created. It is paused and has no numbers yet.`,
  createdBefore: (name: string) =>
    `*${name}* had already been created by an earlier press of the button. Nothing was created twice.`,
  next: 'Import numbers, then start it.',
  cardIn: (channel: string) => `Its card is in ${channel} and follows the task from here.`,
  saved: (name: string) => `The changes to *${name}* are saved, and read back from the platform.`,
  deleted: (name: string) => `*${name}* is deleted. Cards that followed it stop here.`,
};

/** An action whose answer was lost, and that reading back did not settle. */
export const unknown = {
  create: 'Whether the task was created is not known yet.',
  save: 'Whether the changes were saved is not known yet.',
  delete: 'Whether the task was deleted is not known yet.',
  start: 'Whether the task was started is not known yet.',
  pause: 'Whether the task was paused is not known yet. Calls may still be going out.',
  import: 'Whether all numbers arrived is not known yet.',
  notCreated:
    'The task was not created: the list of the platform does not show it. What you typed is still here; create it again if you want it.',
  notSaved: (name: string) =>
    `The changes to *${name}* were not saved: the platform shows other values. What you typed is still here; review and save it again.`,
  notDeleted: (name: string) => `*${name}* was not deleted: the platform still shows it.`,
  notStarted: (name: string) => `*${name}* is not started: the platform shows it paused.`,
  notPaused: (name: string) => `*${name}* is still on: the platform shows it running. Pause it again.`,
  nothingResent: 'Nothing is sent again before this is settled. *Check now* reads the platform and changes nothing.',
};

export const difference = {
  intro: (name: string) => `Changes to *${name}*:`,
  nothing: (name: string) => `Nothing was changed in *${name}*.`,
  change: (label: string, before: string, after: string) => `*${label}*\n${before} → *${after}*`,
  movedMeanwhile:
    'Somebody else changed this task after you opened it. *Overwrite* replaces their changes by yours; *Reload* shows the task as it is now.',
  running: 'This task is running. Changes take effect on calls that have not started yet.',
  reloadTitle: 'Reload the task?',
  reloadText: 'What you typed here will be lost.',
};

export const deletion = {
  question: 'This deletes the task and everything in it on the calling platform. It cannot be undone.',
  numbers: (left: number, total: number) =>
    `${counted(total, 'number', 'numbers')} in it, ${left === 0 ? 'all dialed' : `${grouped(left)} not dialed yet`}.`,
  confirmLabel: 'Type the name of the task to confirm',
  running: (name: string) =>
    `*${name}* is running, and a running task cannot be deleted. Pause it first, then delete it.`,
  mismatch: 'This is not the name of the task. Type it exactly as it stands above.',
};

import type { RejectReason } from '../../core/model/numbers.ts';
import { counted, grouped } from '../format.ts';

export const imports = {
  task: 'Task',
  taskPlaceholder: 'Choose a task',
  noTasks: 'There is no task to import into yet. Create one first.',
  into: (name: string) => `Into *${name}*`,
  numbers: 'Paste numbers',
  numbersHint:
    'One per line, or separated by commas. A name may follow its number. For more than about 250, use a file.',
  numbersPlaceholder: '138 0013 8000, Li Lei',
  file: 'Or upload a file',
  fileHint: 'CSV or TXT. The column with phone numbers is found by itself.',
  nothingSentYet: 'Nothing is sent yet: the next step shows what was found.',
  running: (name: string) => `*${name}* is running: new numbers may be called right away.`,
  /** The counts add up to the rows, always. */
  rows: (n: number) => `${counted(n, 'row', 'rows')} read`,
  ready: (n: number) => `${grouped(n)} ready`,
  rejected: (n: number) => `${grouped(n)} not usable`,
  repeated: (n: number) => `${grouped(n)} repeated`,
  samples: 'First numbers',
  column: (phone: string) => `Numbers from column ${phone}`,
  columns: (phone: string, name: string) => `Numbers from column ${phone}, names from column ${name}`,
  namesFrom: (name: string) => `Names from column ${name}`,
  encoding: (name: string) => `Read as ${name}`,
  batches: (batches: number, size: number) =>
    batches === 1
      ? 'Will be sent in one batch'
      : `Will be sent in ${grouped(batches)} batches of up to ${grouped(size)}`,
  whyRejected: 'Not usable',
  reasonCount: (reason: string, n: number) => `${reason}: ${grouped(n)}`,
  rejectedLine: (line: number, cell: string, reason: string) => `Line ${grouped(line)}: ${cell} (${reason})`,
  moreRejected: (n: number) => `and ${counted(n, 'more line', 'more lines')}`,
  emptyCell: 'empty',
  nothingReady: 'No usable number was found, so nothing can be imported. Correct the list and send it again.',
  nothingFound: 'The list is empty. Paste numbers or upload a file.',
  reasons: {
    empty: 'no number',
    letters: 'contains letters',
    too_short: 'too short',
    too_long: 'too long',
    scientific_lossy: 'digits lost in a spreadsheet',
    two_numbers: 'two different numbers in one row, keep one of them',
    masked: 'digits replaced by asterisks',
    ambiguous_landline: 'landline without area code',
    cn_prefix_unassigned: 'prefix not in use',
    foreign_not_allowed: 'not a mainland China number',
    invalid: 'not a phone number',
  } satisfies Record<RejectReason, string>,
  sending: (name: string, sent: number, total: number) =>
    `Importing into *${name}*: ${grouped(sent)} of ${counted(total, 'number', 'numbers')} sent`,
  accepted: (n: number, name: string) => `${counted(n, 'number', 'numbers')} imported into *${name}*.`,
  acceptedUncounted: (n: number, name: string) =>
    `${counted(n, 'number was', 'numbers were')} sent to *${name}*. The platform does not say how many it took.`,
  acceptedUnknown: (name: string) => `How many numbers reached *${name}* is not known.`,
  fewerThanReady: (n: number) =>
    `${counted(n, 'number', 'numbers')} of the list did not add to the task, most likely because they were in it before.`,
  refused: (n: number) => `${counted(n, 'number was', 'numbers were')} refused by the platform.`,
  refusedBecause: (n: number, message: string) =>
    `${counted(n, 'number was', 'numbers were')} refused by the platform: ${message}`,
  unknown: (n: number) =>
    `${counted(n, 'number has', 'numbers have')} an unknown outcome: the answer was lost. They are not sent again by themselves; compare the total on the card before you import them once more.`,
  nothingSent: 'No number was sent.',
  stopped: 'The import stopped early: the rest of the list was not sent.',
};

import type { RejectReason } from '../../core/model/numbers.ts';
import { counted, grouped } from '../format.ts';

export const imports = {
  task: 'Task',
  taskPlaceholder: 'Choose a task',
  noTasks: 'There are no tasks to import into yet. Create one first.',
  into: (name: string) => `Into *${name}*`,
  numbers: 'Paste numbers',
  numbersHint:
    'One per line, or separated by commas. A name can follow each number. For more than about 250 numbers, upload a file.',
  numbersPlaceholder: '138 0013 8000, Li Lei',
  file: 'Or upload a file',
  fileHint: 'CSV or TXT. The column with phone numbers is detected automatically.',
  nothingSentYet: 'Nothing is sent yet. The next step shows what was found.',
  running: (name: string) => `*${name}* is running: new numbers may be called right away.`,
  /** The counts always add up to the rows. */
  rows: (n: number) => `${counted(n, 'row', 'rows')} read`,
  ready: (n: number) => `${grouped(n)} ready`,
  rejected: (n: number) => `${grouped(n)} invalid`,
  repeated: (n: number) => `${counted(n, 'duplicate', 'duplicates')}`,
  samples: 'First numbers',
  column: (phone: string) => `Numbers from column ${phone}`,
  columns: (phone: string, name: string) => `Numbers from column ${phone}, names from column ${name}`,
  namesFrom: (name: string) => `Names from column ${name}`,
  encoding: (name: string) => `Read as ${name}`,
  batches: (batches: number, size: number) =>
    batches === 1
      ? 'Will be sent in one batch'
      : `Will be sent in ${grouped(batches)} batches of up to ${grouped(size)}`,
  whyRejected: 'Invalid numbers',
  reasonCount: (reason: string, n: number) => `${reason}: ${grouped(n)}`,
  rejectedLine: (line: number, cell: string, reason: string) => `Line ${grouped(line)}: ${cell} (${reason})`,
  moreRejected: (n: number) => `and ${counted(n, 'more line', 'more lines')}`,
  emptyCell: 'empty',
  nothingReady: 'No valid numbers were found, so there is nothing to import. Correct the list and submit it again.',
  nothingFound: 'The list is empty. Paste numbers or upload a file.',
  reasons: {
    empty: 'no number',
    letters: 'contains letters',
    too_short: 'too short',
    too_long: 'too long',
    scientific_lossy: 'digits lost in a spreadsheet',
    two_numbers: 'two different numbers in one row; keep one of them',
    masked: 'digits replaced with asterisks',
    ambiguous_landline: 'landline without area code',
    cn_prefix_unassigned: 'prefix not in use',
    foreign_not_allowed: 'not a mainland China number',
    invalid: 'not a phone number',
  } satisfies Record<RejectReason, string>,
  sending: (name: string, sent: number, total: number) =>
    `Importing into *${name}*: ${grouped(sent)} of ${counted(total, 'number', 'numbers')} sent`,
  accepted: (n: number, name: string) =>
    n === 0
      ? `No numbers were imported into *${name}*.`
      : `${counted(n, 'number', 'numbers')} imported into *${name}*.`,
  acceptedUncounted: (n: number, name: string) =>
    `${counted(n, 'number was', 'numbers were')} sent to *${name}*. The platform does not report how many it accepted.`,
  acceptedUnknown: (name: string) => `It is unknown how many numbers reached *${name}*.`,
  fewerThanReady: (n: number) =>
    `${counted(n, 'number from the list was', 'numbers from the list were')} not added to the task, most likely because it already had them.`,
  refused: (n: number) => `${counted(n, 'number was', 'numbers were')} refused by the platform.`,
  refusedBecause: (n: number, message: string) =>
    `${counted(n, 'number was', 'numbers were')} refused by the platform: ${message}`,
  unknown: (n: number) =>
    `${counted(n, 'number has', 'numbers have')} an unknown outcome: the response was lost. They are not sent again automatically; check the total on the card before you import them again.`,
  nothingSent: 'No numbers were sent.',
  stopped: 'The import stopped early: the rest of the list was not sent.',
};

import type { Withholding } from '../../core/model/import-run.ts';
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
  fileHint: 'XLSX, CSV or TXT. The column with phone numbers is detected automatically.',
  fromFile: (name: string) => `From the file *${name}*`,
  whichFile: 'File',
  newTask: 'Into a new task',
  noFileHere: 'This message has no file. Choose *Import this file* on a message with a list of numbers.',
  offered: (name: string) => `Import the numbers in *${name}* into a task?`,
  severalOffered: (n: number) => `Import the numbers in one of these ${grouped(n)} files into a task?`,
  nothingSentYet: 'Nothing is sent yet. The next step shows what was found.',
  running: (name: string) => `*${name}* is running: new numbers may be called right away.`,
  /** The counts always add up to the rows. */
  rows: (n: number) => `${counted(n, 'row', 'rows')} read`,
  ready: (n: number) => `${grouped(n)} ready`,
  rejected: (n: number) => `${grouped(n)} invalid`,
  repeated: (n: number) => `${counted(n, 'duplicate', 'duplicates')}`,
  skipped: (n: number) => `${counted(n, 'row', 'rows')} of titles and notes`,
  /** Numbers, where rows have several. */
  numbersIn: (numbers: number, rows: number) =>
    `${counted(numbers, 'number', 'numbers')} ready in ${counted(rows, 'row', 'rows')}`,
  notUsed: (columns: string) => `Other columns with numbers, not used: ${columns}`,
  /** The figure is the line of the first. */
  quotedNumbers: (rows: number, line: number) =>
    `${counted(rows, 'row has', 'rows have')} a note of several lines with numbers in it, which are not called; if these are rows of the list, correct the quotation marks from line ${grouped(line)} on`,
  leftOut: (n: number) => `${counted(n, 'further number', 'further numbers')} of these rows left out`,
  chooseSheet: 'Choose the sheet with the numbers; nothing is sent before.',
  sheetLabel: 'Sheet',
  hiddenSheet: 'Hidden',
  sheet: (name: string) => `Sheet ${name}`,
  hiddenRows: (n: number) =>
    `${counted(n, 'row is', 'rows are')} hidden in the workbook (by a filter, for example) and included here`,
  uncalculated: (n: number) =>
    `${counted(n, 'cell has', 'cells have')} a formula without its result and count as empty; open the workbook in a spreadsheet program, save it, and upload it again`,
  encodingLabel: 'Encoding of the file',
  encodingDoubtful: (name: string) =>
    `The encoding is not certain: read as ${name}. If names look wrong, choose another, or save the file as XLSX`,
  chooseColumn:
    'One column has phone numbers, but its title does not say that they are the customer’s own. Choose it if they are; nothing is sent before.',
  chooseColumns:
    'Several columns have phone numbers, and it is not clear whose. Choose those with the customer’s own number; nothing is sent before.',
  columnsLabel: 'Columns with the customer’s number',
  columnsPlaceholder: 'Choose columns',
  nameLabel: 'Column with the name',
  nameDetected: (title: string | null) => (title === null ? 'As detected' : `As detected: ${title}`),
  changedIsReadAgain: 'After a change, the list is read again and shown before anything is sent.',
  noName: 'No name',
  severalLabel: 'Rows with several numbers',
  several: { all: 'Call all of them', first: 'Call the first', ask: 'Reject these rows' },
  optionOf: (title: string, position: number) => (title === '' ? `Column ${position}` : `${position}. ${title}`),
  numbersInColumn: (n: number) => counted(n, 'number', 'numbers'),
  readAgain: 'Apply',
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
  /** Each says what is wrong and, where something can be done, what. */
  reasons: {
    empty: 'no number',
    letters: 'contains letters; leave only the number in the cell',
    negative:
      'begins with a minus or is in brackets, so a spreadsheet may have calculated it; enter the number again as text',
    too_short: 'too short; check the digits',
    too_long: 'too long; check the digits',
    scientific_lossy: 'digits lost in a spreadsheet; format the column as text and export it again',
    two_numbers:
      'several numbers that cannot be distinguished, or of which you want to choose; put each in a cell of its own',
    extension: 'has an extension, which cannot be dialed; use a direct number',
    grouping: 'grouped like a number of another country; write it without gaps, or with its country code',
    masked: 'digits hidden; export the list with full numbers',
    local_number: 'landline without area code; add it (numbers of Hong Kong and Macau start with +852 or +853)',
    ambiguous_landline: 'no leading 0 and no country code; add the area code with its 0, or + and the country code',
    landline_length: 'wrong length for its area code; check the digits (numbers of Taiwan start with +886)',
    cn_prefix_unassigned: 'prefix not in use; check the digits',
    hong_kong: 'Hong Kong number; only those of the countries set up for imports are sent',
    macau: 'Macau number; only those of the countries set up for imports are sent',
    taiwan: 'Taiwan number; only those of the countries set up for imports are sent',
    foreign_not_allowed: 'number of another country; only those of the countries set up for imports are sent',
    country_conflict: 'country code differs from the one in its own column; correct one of them',
    country_unknown: 'country not recognized; write its code, such as 86',
    other_person:
      'the text beside or above it says that it is someone else’s or must not be called; remove the row, or the text',
    text_beside: 'text beside the number; move it to a column of its own',
    do_not_call:
      'a remark or a mark in the row says not to call; remove the row, or what it says if that no longer applies',
    row_shifted: 'cells are not below their titles (a stray comma or quotation mark); correct the line',
    second_header: 'below a second header with other columns; import that part as a list of its own',
    column_open: 'not clear which column has the customer’s number; choose it above',
    not_chosen: 'further number, left out by your choice',
    invalid: 'not a phone number; check the cell',
  } satisfies Record<RejectReason, string>,
  sending: (name: string, sent: number, total: number) =>
    `Importing into *${name}*: ${grouped(sent)} of ${counted(total, 'number', 'numbers')} sent`,
  waits: {
    store: "Dialdeck's data cannot be read or written right now. The import waits and goes on by itself.",
    platform: 'The platform does not take numbers right now. The import waits and goes on by itself.',
    import: 'Another import into this task is being sent. This one waits and goes on by itself.',
  },
  accepted: (n: number, name: string) =>
    n === 0
      ? `No numbers were imported into *${name}*.`
      : `${counted(n, 'number', 'numbers')} imported into *${name}*.`,
  acceptedUncounted: (n: number, name: string) =>
    `${counted(n, 'number was', 'numbers were')} sent to *${name}*. The platform does not report how many it accepted.`,
  grownBy: (sent: number, grown: number, name: string) =>
    `The platform accepted ${counted(sent, 'number', 'numbers')} for *${name}*; its total has grown by ${grouped(grown)} so far. It may still be counting, or have had the others already.`,
  fewerThanSent: (n: number) =>
    `${counted(n, 'number was', 'numbers were')} not added by the platform, which does not say why; most likely the task already had them.`,
  present: (n: number) => `${counted(n, 'number was', 'numbers were')} in the task already.`,
  withheld: {
    do_not_call: (n: number) => `${counted(n, 'number is', 'numbers are')} on the do-not-call list: not sent.`,
    frequency_cap: (n: number) =>
      `${counted(n, 'number has', 'numbers have')} been sent as often as is allowed lately: not sent.`,
    sent_to_task: (n: number) =>
      `${counted(n, 'number was', 'numbers were')} sent to this task before: not sent again.`,
    sent_recently: (n: number) => `${counted(n, 'number was', 'numbers were')} sent lately: left out as you chose.`,
  } satisfies Record<Withholding, (n: number) => string>,
  refused: (n: number) => `${counted(n, 'number was', 'numbers were')} refused by the platform.`,
  refusedBecause: (n: number, message: string) =>
    `${counted(n, 'number was', 'numbers were')} refused by the platform: ${message}`,
  unknown: (n: number) =>
    `${counted(n, 'number has', 'numbers have')} an unknown outcome: the response was lost, and the task's total does not tell. They were not sent again.`,
  unknownAsks: (n: number) =>
    `${counted(n, 'number has', 'numbers have')} an unknown outcome: the response was lost, and the task's total does not tell whether they arrived. If you send them again, they may be in the task twice.`,
  /** What its person can look up. */
  unknownTotals: (without: number, all: number) =>
    `If nobody else changed the task, and none of the other numbers was in it before, its total on the platform is ${grouped(without)} without these and ${grouped(all)} with them. Look there before you decide.`,
  nothingSent: 'No numbers were sent.',
  unsent: {
    halted: (n: number) =>
      `${counted(n, 'number has', 'numbers have')} not been sent yet. Resume the import or end it.`,
    stopped: (n: number) => `${counted(n, 'number was', 'numbers were')} not sent, because the import was ended.`,
    done: (n: number) => `${counted(n, 'number was', 'numbers were')} not sent.`,
    continues: (n: number) =>
      `${counted(n, 'number has', 'numbers have')} not been sent yet. The import goes on by itself, and you get a direct message about how it ends.`,
  },
  fileFollows: {
    now: 'You get a file with everything that was not imported as a direct message. After that, the numbers are deleted here.',
    later:
      'Nothing is sent until you decide. After 3 days the import ends by itself, and you get a file with everything that was not imported.',
  },
  choices: {
    resume: 'Resume',
    pause_resume: 'Pause, import, start',
    send_unknown: 'Send unknown again',
    cancel: 'End import',
    file: 'Error file',
  },
  confirms: {
    send_unknown: 'These numbers may have arrived. If the platform accepts duplicates, they are called twice.',
    cancel: 'What has not been sent yet will not be sent. You get a file with those numbers.',
  },
  /** Per minute, and the time that is left. */
  pace: (perMinute: number, left: string) => `${grouped(perMinute)} per minute, about ${left} left`,
  mayClose: 'You may close this window; the import goes on, and the result reaches you.',
  cancelling: (name: string) => `The import into *${name}* ends after the batch that is being sent.`,
  fileSent: 'The file is in your direct messages with this app.',
  runs: 'Imports',
  runsOf: (name: string) => `Imports into *${name}*`,
  noRuns: 'There are no imports.',
  runStates: {
    preview: 'not sent',
    awaiting: 'waits for its task',
    running: 'being sent',
    cancelling: 'ending',
    halted: 'needs your decision',
    done: 'done',
    stopped: 'ended early',
    discarded: 'discarded',
  },
  parts: {
    accepted: (n: number, of: number) => `${grouped(n)} of ${grouped(of)} imported`,
    present: (n: number) => `${grouped(n)} already there`,
    refused: (n: number) => `${grouped(n)} refused`,
    withheld: (n: number) => `${grouped(n)} left out`,
    unknown: (n: number) => `${grouped(n)} unknown`,
    unsent: (n: number) => `${grouped(n)} not sent`,
  },
  runBy: (person: string, at: string) => `${person}, ${at}`,
  /** What the preview says about numbers that are known. */
  toSend: (n: number) => `${counted(n, 'number', 'numbers')} will be sent`,
  onDoNotCall: (n: number) => `${counted(n, 'number is', 'numbers are')} on the do-not-call list and will not be sent`,
  overCap: (n: number) =>
    `${counted(n, 'number has', 'numbers have')} been sent as often as is allowed lately and will not be sent`,
  sentHere: (n: number) => `${counted(n, 'number was', 'numbers were')} sent to this task before`,
  sentLately: (n: number, days: number) =>
    `${counted(n, 'number was', 'numbers were')} sent to some task in the last ${counted(days, 'day', 'days')}`,
  beforeLabel: 'Numbers that were sent before',
  leaveOutHere: 'Leave out what was sent to this task',
  leaveOutLately: (days: number) => `Leave out what was sent to any task in the last ${counted(days, 'day', 'days')}`,
  nothingLeft: 'All of these numbers are left out, so there is nothing to import.',
  withheldReasons: {
    do_not_call: 'on the do-not-call list',
    frequency_cap: 'sent as often as is allowed lately',
    sent_to_task: 'sent to this task before',
    sent_recently: 'sent lately',
  } satisfies Record<Withholding, string>,
  errorFile: {
    name: (task: string) => `not-imported-${task}`,
    comment: (n: number, name: string) => `${counted(n, 'row', 'rows')} not imported into *${name}*`,
    coming: 'A file with what could not be imported follows.',
    columns: { why: 'What happened', line: 'Line', phone: 'Number', name: 'Name', detail: 'Reason' },
    why: {
      rejected: 'invalid',
      refused: 'refused by the platform',
      unsent: 'not sent',
      unknown: 'unknown whether it arrived',
      withheld: 'left out',
    },
  },
};

export const doNotCall = {
  form: 'Nobody on this list is called: its numbers are left out of every import. Only a fingerprint of each is stored.',
  count: (n: number) => `${counted(n, 'number is', 'numbers are')} on the do-not-call list.`,
  add: (n: number) => `${counted(n, 'number was', 'numbers were')} added to the do-not-call list.`,
  remove: (n: number) => `${counted(n, 'number was', 'numbers were')} removed from the do-not-call list.`,
  same: {
    add: (n: number) => `${grouped(n)} ${n === 1 ? 'was' : 'were'} on it already.`,
    remove: (n: number) => `${grouped(n)} ${n === 1 ? 'was' : 'were'} not on it.`,
  },
  unreadable: (n: number) => `${counted(n, 'row holds', 'rows hold')} no number that could be read.`,
  nothing: 'No number was found, so nothing was changed.',
  whichColumn:
    'It is not clear which column has the numbers that are meant. Nothing was changed; keep one column and try again.',
  whichSheet:
    'It is not clear which sheet has the numbers that are meant. Nothing was changed; keep one sheet and try again.',
};

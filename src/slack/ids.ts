import type { LeverVerb } from '../core/alerts/levers.ts';
import type { Period } from '../core/reports/period.ts';
import type { RepairField } from '../core/tasks/repairs.ts';

/**
 * Every id under which Slack reports what was pressed, chosen or submitted: views draw them, listeners are registered
 * for them. Messages outlive the release that drew them, so these strings never change; the names beside them may.
 */

/** `action_id` of buttons and menus that occur once per message. */
export const actionIds = {
  startTask: 'task_start',
  startAnyway: 'task_start_anyway',
  startMany: 'start_many',
  pauseTask: 'task_pause',
  pauseAll: 'pause_all',
  showTask: 'task_show',
  startOnBoard: 'board_start',
  pauseOnBoard: 'board_pause',
  openImport: 'task_import',
  taskMenu: 'task_more',
  postCard: 'card_post',
  followAgain: 'task_follow',
  openForm: 'form_open',
  retryForm: 'form_retry',
  reloadEdit: 'edit_reload',
  checkOutcome: 'outcome_check',
  previousPage: 'list_page:prev',
  nextPage: 'list_page:next',
  openSettings: 'notice_settings_open',
  orderImport: 'import_order',
  importElsewhere: 'import_elsewhere',
  showImports: 'imports_show',
  showLine: 'line_show',
  previousLines: 'lines_page:prev',
  nextLines: 'lines_page:next',
  refreshLines: 'lines_page:again',
  reportFile: 'report_csv',
  askResume: 'stop_ask_resume',
  resumeStop: 'stop_resume',
  liftStop: 'stop_lift',
  editSchedule: 'schedule_edit',
  pauseSchedule: 'schedule_pause',
  resumeSchedule: 'schedule_resume',
  removeSchedule: 'schedule_remove',
  startMissed: 'schedule_start_missed',
  leaveMissed: 'schedule_leave_missed',
  discardForm: 'form_discard',
  filterList: 'list_filter:by',
  sortList: 'list_sort:by',
  reverseList: 'list_sort:reverse',
  listMine: 'list_filter:mine',
  selectTasks: 'tasks_select',
  selectAll: 'tasks_select_all',
  pauseSelected: 'tasks_selected_pause',
} as const;

/** `action_id` of buttons that occur several times in a message: Slack requires each to be unique. */
export const rowId = (verb: RowVerb, index: number) => `list_row:${verb}:${index}` as const;
export const pickId = (index: number) => `pick:${index}` as const;
export const enterHoursId = (index: number) => `quiet_hours:${index}` as const;
export const alertId = (verb: LeverVerb | 'more', index: number) => `alert_${verb}:${index}` as const;
export const importRunId = (choice: ImportRunChoice, index: number) => `import_run:${choice}:${index}` as const;
export const runWordsId = (index: number) => `run_words:${index}` as const;
/** What changes one field of a task that is about to be started. */
export const repairId = (field: RepairField) => `start_repair:${field}` as const;
export const showScheduleId = (index: number) => `schedule_show:${index}` as const;
export const reportId = (period: Period) => `report:${period}` as const;
export const historyId = (turn: 'prev' | 'next') => `history_page:${turn}` as const;
export const panelId = (word: PanelWord) => `panel_${word}` as const;

/** The pattern for a listener that serves several of them. */
export const actionFamilies = {
  /** Earlier releases drew a button for each filter, `list_filter:<filter>`. */
  list: /^list_(page|filter|sort):/,
  listRow: /^list_row:/,
  pick: /^pick:/,
  enterHours: /^quiet_hours:/,
  alert: /^alert_/,
  importRun: /^import_run:/,
  runWords: /^run_words:/,
  lines: /^lines_page:/,
  repair: /^start_repair:/,
  showSchedule: /^schedule_show:/,
  report: /^report:/,
  history: /^history_page:/,
} as const;

export type ActionId =
  | (typeof actionIds)[keyof typeof actionIds]
  | ReturnType<
      | typeof rowId
      | typeof pickId
      | typeof enterHoursId
      | typeof alertId
      | typeof importRunId
      | typeof runWordsId
      | typeof reportId
      | typeof historyId
      | typeof panelId
      | typeof repairId
      | typeof showScheduleId
    >;

/** What the buttons beside a task in the list do. */
export const rowVerbs = ['pause', 'start', 'import', 'show'] as const;
export type RowVerb = (typeof rowVerbs)[number];

/** What the buttons of an import run do. */
export const importRunChoices = ['resume', 'pause_resume', 'send_unknown', 'cancel', 'file'] as const;
export type ImportRunChoice = (typeof importRunChoices)[number];

/** The buttons of the panel, by the sub-command each runs. */
export const panelWords = ['new', 'import', 'list', 'lines', 'schedule'] as const;
export type PanelWord = (typeof panelWords)[number];

/** What the menu of a card offers; the value of each option is `<verb>:<task id>`. */
export const menuVerbs = ['import', 'edit', 'clone', 'list', 'delete'] as const;
export type MenuVerb = (typeof menuVerbs)[number];

/** What cards of earlier releases offer as well. */
export const formerMenuVerbs = ['watch'] as const;

/** `callback_id` of the modals that are submitted. */
export const callbackIds = {
  createTask: 'task_create',
  editTask: 'task_edit',
  saveEdit: 'task_edit_save',
  deleteTask: 'task_delete',
  importNumbers: 'task_import',
  sendImport: 'task_import_send',
  saveHours: 'quiet_hours_save',
  repairTask: 'task_repair',
  doNotCall: 'do_not_call',
  saveSettings: 'notice_settings_save',
  watchTask: 'task_watch',
  moveConcurrency: 'line_move',
  schedule: 'schedule',
  saveSchedule: 'schedule_save',
  selectTasks: 'tasks_select',
} as const;
export type CallbackId = (typeof callbackIds)[keyof typeof callbackIds];

/** `callback_id` of the shortcuts: in the menu of a message, and everywhere. */
export const shortcutIds = {
  importFile: 'import_file',
  watchHere: 'watch_task_here',
  newTask: 'new_calling_task',
  pauseAll: 'pause_all_calling',
} as const;

/** `block_id` and `action_id` of the inputs outside the task form, whose inputs carry the names of its fields. */
export const inputIds = {
  task: 'task',
  numbers: 'numbers',
  file: 'file',
  messageFile: 'message_file',
  sheet: 'sheet',
  encoding: 'encoding',
  phones: 'phone_columns',
  name: 'name_column',
  several: 'several_numbers',
  before: 'sent_before',
  confirmName: 'confirm_name',
  hours: 'hours',
  noticeKinds: 'notice_kinds',
  noticeThreads: 'notice_threads',
  noticeStyle: 'notice_style',
  noticeMute: 'notice_mute',
  ownAlerts: 'own_alerts',
  moveFrom: 'move_from',
  moveTo: 'move_to',
  moveCount: 'move_count',
  scheduleDays: 'schedule_days',
  scheduleWeek: 'schedule_week',
  scheduleTimes: 'schedule_times',
  scheduleSince: 'schedule_since',
  scheduleUntil: 'schedule_until',
  scheduleMissed: 'schedule_missed',
  selected: 'selected_tasks',
} as const;

/** The block of a notice's text and lever: a press there leaves the message as it is, where one on a card redraws it. */
export const noticeBlock = 'notice';

/** The block of an alert's levers. */
export const alertBlock = 'alert';

import type { Register } from './deps.ts';
import { alertLevers } from './listeners/alert-levers.ts';
import { boardLevers } from './listeners/board-levers.ts';
import { cardPost } from './listeners/card-post.ts';
import { choiceOptions } from './listeners/choice-options.ts';
import { dialCommand } from './listeners/dial-command.ts';
import { doNotCall } from './listeners/do-not-call.ts';
import { editReload } from './listeners/edit-reload.ts';
import { fileImport } from './listeners/file-import.ts';
import { formChanged } from './listeners/form-changed.ts';
import { formClosed } from './listeners/form-closed.ts';
import { formDiscard } from './listeners/form-discard.ts';
import { formOpen } from './listeners/form-open.ts';
import { homeOpened } from './listeners/home-opened.ts';
import { importClosed } from './listeners/import-closed.ts';
import { importElsewhere } from './listeners/import-elsewhere.ts';
import { importOrder } from './listeners/import-order.ts';
import { importRun } from './listeners/import-run.ts';
import { importsShow } from './listeners/imports-show.ts';
import { lineBoard } from './listeners/line-board.ts';
import { listPage } from './listeners/list-page.ts';
import { listRow } from './listeners/list-row.ts';
import { listSelect } from './listeners/list-select.ts';
import { messageWords } from './listeners/message-words.ts';
import { moveConcurrency } from './listeners/move-concurrency.ts';
import { noticeSettingsOpen } from './listeners/notice-settings-open.ts';
import { noticeSettingsSave } from './listeners/notice-settings-save.ts';
import { outcomeCheck } from './listeners/outcome-check.ts';
import { panelButtons } from './listeners/panel-buttons.ts';
import { pauseAll } from './listeners/pause-all.ts';
import { pick } from './listeners/pick.ts';
import { quietHoursOpen } from './listeners/quiet-hours-open.ts';
import { quietHoursSave } from './listeners/quiet-hours-save.ts';
import { reports } from './listeners/reports.ts';
import { schedule } from './listeners/schedule.ts';
import { startMany } from './listeners/start-many.ts';
import { startRepair } from './listeners/start-repair.ts';
import { stop } from './listeners/stop.ts';
import { taskCreate } from './listeners/task-create.ts';
import { taskDelete } from './listeners/task-delete.ts';
import { taskEdit } from './listeners/task-edit.ts';
import { taskEditSave } from './listeners/task-edit-save.ts';
import { taskFollow } from './listeners/task-follow.ts';
import { taskImport } from './listeners/task-import.ts';
import { taskImportOpen } from './listeners/task-import-open.ts';
import { taskImportSend } from './listeners/task-import-send.ts';
import { taskMore } from './listeners/task-more.ts';
import { taskNew } from './listeners/task-new.ts';
import { taskOptions } from './listeners/task-options.ts';
import { taskPause } from './listeners/task-pause.ts';
import { taskRepair } from './listeners/task-repair.ts';
import { taskShow } from './listeners/task-show.ts';
import { taskStart } from './listeners/task-start.ts';
import { taskStartAnyway } from './listeners/task-start-anyway.ts';
import { taskWatch } from './listeners/task-watch.ts';
import { wordsRun } from './listeners/words-run.ts';

/** Everything Slack can send us, one listener each. */
export const listeners: readonly Register[] = [
  dialCommand,
  taskStart,
  taskStartAnyway,
  startRepair,
  startMany,
  taskPause,
  pauseAll,
  stop,
  boardLevers,
  taskImportOpen,
  taskMore,
  taskShow,
  cardPost,
  taskFollow,
  listPage,
  listRow,
  listSelect,
  panelButtons,
  pick,
  formOpen,
  formClosed,
  formDiscard,
  formChanged,
  editReload,
  outcomeCheck,
  taskCreate,
  taskEdit,
  taskEditSave,
  taskDelete,
  taskImport,
  taskImportSend,
  fileImport,
  messageWords,
  wordsRun,
  quietHoursOpen,
  quietHoursSave,
  noticeSettingsOpen,
  noticeSettingsSave,
  importClosed,
  importRun,
  importOrder,
  importElsewhere,
  doNotCall,
  choiceOptions,
  taskOptions,
  alertLevers,
  taskRepair,
  taskNew,
  taskWatch,
  lineBoard,
  moveConcurrency,
  reports,
  homeOpened,
  importsShow,
  schedule,
];

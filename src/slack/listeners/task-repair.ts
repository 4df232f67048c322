import { onSubmit } from '../bolt/listen.ts';
import type { Register } from '../deps.ts';
import { submitRepair } from '../flows/repair-task.ts';
import { callbackIds } from '../ids.ts';

/** *Choose another line* and *Lower concurrency*: the answer shows what would change. */
export const taskRepair: Register = (app, deps) =>
  onSubmit(app, deps, callbackIds.repairTask, (view, data, t) => submitRepair(deps, view, data, t));

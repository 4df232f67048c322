import type { SimClock } from './clock.ts';
import { createdEntity, initMeta, listEntities, progressAnswer } from './entities.ts';
import { importNumbers } from './import-numbers.ts';
import { withNoise } from './noise.ts';
import type { Switches } from './options.ts';
import { paged } from './paging.ts';
import { stableUuid } from './random.ts';
import { accept, type Handled, refuse } from './replies.ts';
import type { RouteName } from './routes.ts';
import type { Simulation } from './simulate.ts';
import { type Account, type CallTask, emptyCallList, type TaskDefinition } from './state.ts';
import { checkTask } from './validate.ts';

/** Everything a route needs to take effect. The simulation is up to date when a handler is called. */
export interface Platform {
  account: Account;
  simulation: Simulation;
  clock: SimClock;
  seed: number;
  switches: Switches;
}

export interface Received {
  /** From the path; '' on routes without one. */
  taskId: string;
  query: URLSearchParams;
  contentType: string;
  body: Buffer;
  /** The origin of this server, for links in paged responses. */
  origin: string;
}

type Handler = (platform: Platform, received: Received) => Handled;

export const handlers: Record<RouteName, Handler> = {
  init: ({ account, switches }) => answer({ meta: withNoise(initMeta(account, switches), switches.noise) }),
  create,
  update: onTask(update),
  list: ({ account, switches }, { query, origin }) => answer(paged(listed(account, switches), query, switches, origin)),
  destroy: onTask((platform, task) => {
    removeTask(platform, task);
    return accept({ message: '删除成功' }, '删除成功', platform.switches.answers);
  }),
  start: onTask((platform, task) => {
    setStarted(platform, task, true);
    return accept(entityOf(platform, task), '启动成功', platform.switches.answers);
  }),
  stop: onTask((platform, task) => {
    setStarted(platform, task, false);
    return accept(entityOf(platform, task), '暂停成功', platform.switches.answers);
  }),
  import: onTask((platform, task, { body, contentType }) => {
    const imported = importNumbers(task, body, contentType, platform.switches);
    if (!imported.ok) return refuse(imported.refusal, platform.switches.refusals);
    platform.simulation.resume(task);
    const { total, success, failed } = imported;
    return accept({ message: '导入成功', total, success, failed }, '导入成功', platform.switches.answers);
  }),
  progress: onTask((platform, task) => {
    const { progress } = platform.switches;
    return progress === 'off' ? notFound(platform) : answer(progressAnswer(task, progress));
  }),
};

/** The whole list, before paging. */
export function listed(account: Account, switches: Switches): Record<string, unknown>[] {
  return listEntities(account, switches).map((entity, position) => withNoise(entity, switches.noise, position));
}

function create(platform: Platform, { body }: Received): Handled {
  const { account, switches } = platform;
  const checked = checkTask(body.toString('utf8'), account, switches);
  if (!checked.ok) return refuse(checked.refusal, switches.refusals);
  const task = addTask(platform, checked.definition);
  return { effect: true, reply: { status: 200, body: entityOf(platform, task) } };
}

function update(platform: Platform, task: CallTask, { body }: Received): Handled {
  const { account, switches } = platform;
  const checked = checkTask(body.toString('utf8'), account, switches, task);
  if (!checked.ok) return refuse(checked.refusal, switches.refusals);
  changeTask(platform, task, checked.definition);
  task.recycleLimit = 0;
  return accept(entityOf(platform, task), '修改成功', switches.answers);
}

/** A new task, paused and without numbers. */
function addTask({ account, clock, seed }: Platform, definition: TaskDefinition): CallTask {
  account.serial += 1;
  const now = clock.wall();
  const task: CallTask = {
    ...definition,
    uuid: stableUuid(seed, `task ${account.serial}`),
    serial: account.serial,
    started: false,
    destroyed: false,
    stuck: false,
    createdAt: now,
    alteredAt: now,
    recycleLimit: 0,
    calls: emptyCallList(),
  };
  account.tasks.set(task.uuid, task);
  return task;
}

/** Changes a definition, as modify does; calls in progress continue. */
export function changeTask({ simulation, clock }: Platform, task: CallTask, change: Partial<TaskDefinition>): void {
  Object.assign(task, change);
  task.alteredAt = clock.wall();
  simulation.resume(task);
}

/** Idempotent. Calls in progress are not cut off. */
export function setStarted({ simulation }: Platform, task: CallTask, started: boolean): void {
  task.started = started;
  simulation.resume(task);
}

export function removeTask({ account }: Platform, task: CallTask): void {
  task.destroyed = true;
  account.tasks.delete(task.uuid);
}

function onTask(handle: (platform: Platform, task: CallTask, received: Received) => Handled): Handler {
  return (platform, received) => {
    const task = platform.account.tasks.get(received.taskId);
    return task === undefined ? notFound(platform) : handle(platform, task, received);
  };
}

function notFound({ switches }: Platform): Handled {
  return refuse({ status: 404, message: '任务不存在' }, switches.refusals);
}

function entityOf({ account, switches }: Platform, task: CallTask): unknown {
  return withNoise(createdEntity(account, task), switches.noise);
}

function answer(body: unknown): Handled {
  return { effect: false, reply: { status: 200, body } };
}

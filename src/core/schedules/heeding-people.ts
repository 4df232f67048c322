import type { PersonRef } from '../model/address.ts';
import type { TaskUseCases } from '../tasks/actions.ts';
import type { Request } from '../tasks/requests.ts';

/** What a person did to a task, which its schedule has to give way to. */
export interface PersonsAct {
  taskId: string;
  person: PersonRef;
  action: 'started' | 'paused' | 'deleted';
  /** As one of many, for all of which the person is answered. */
  together?: boolean;
}

/** Asked for by nobody at this time: an emergency stop and its end, legal hours, a schedule. */
const isOwn = ({ ofStop = false, unasked = false, scheduled }: Request): boolean =>
  ofStop || unasked || scheduled !== undefined;

/**
 * The same use cases, in which a person's own pause, start or deletion makes the schedule of the task give way. A pause
 * does so before its request leaves, if the store answers in time, and whatever comes of it: else a process that dies in
 * between would leave a schedule that starts the task again. The others do so once they are done, and wait for nobody.
 * @param acted never throws.
 */
export function heedingPeople(tasks: TaskUseCases, acted: (act: PersonsAct) => Promise<void>): TaskUseCases {
  return {
    ...tasks,
    pause(request) {
      const { taskId, person, keeping, together = false } = request;
      // Around an import, a task is paused for as long as that takes.
      if (isOwn(request) || keeping !== undefined) return tasks.pause(request);
      return tasks.pause({ ...request, noted: acted({ taskId, person, action: 'paused', together }) });
    },
    async start(request) {
      const result = await tasks.start(request);
      const { taskId, person } = request;
      if (result.kind === 'done' && !isOwn(request)) void acted({ taskId, person, action: 'started' });
      return result;
    },
    async remove(request) {
      const result = await tasks.remove(request);
      const { taskId, person } = request;
      if (result.kind === 'done') void acted({ taskId, person, action: 'deleted' });
      return result;
    },
  };
}

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
 * does so at once and whatever comes of it, the others once they are done. `acted` never throws and waits for nobody.
 */
export function heedingPeople(tasks: TaskUseCases, acted: (act: PersonsAct) => void): TaskUseCases {
  return {
    ...tasks,
    pause(request) {
      const paused = tasks.pause(request);
      const { taskId, person, keeping, together = false } = request;
      // Around an import, a task is paused for as long as that takes.
      if (!isOwn(request) && keeping === undefined) acted({ taskId, person, action: 'paused', together });
      return paused;
    },
    async start(request) {
      const result = await tasks.start(request);
      const { taskId, person } = request;
      if (result.kind === 'done' && !isOwn(request)) acted({ taskId, person, action: 'started' });
      return result;
    },
    async remove(request) {
      const result = await tasks.remove(request);
      const { taskId, person } = request;
      if (result.kind === 'done') acted({ taskId, person, action: 'deleted' });
      return result;
    },
  };
}

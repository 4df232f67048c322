/** What was learned of a platform that does not say how it pages. */
export interface WholeList {
  /** Whether a first page of so many tasks is the whole list. */
  isWhole(tasks: number): boolean;
  /** What the second page of a list of so many tasks was: the first one again, or not. */
  learn(tasks: number, again: boolean): void;
}

/**
 * A platform that ignores the number of the page sends everything again, and need not be asked a second time from then
 * on. As many tasks as fit on a page may be a page: that must be seen in two readings. A list that became shorter may
 * be the first page of a platform that pages by now.
 */
export function createWholeList(pageSize: number): WholeList {
  let known = 0;
  let readings = 0;
  return {
    isWhole: (tasks) => tasks >= known && readings >= (known > pageSize ? 1 : 2),
    learn(tasks, again) {
      known = tasks;
      readings = again ? readings + 1 : 0;
    },
  };
}

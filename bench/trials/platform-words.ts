/** What the list is answered with. `endless` is page after page of new tasks; the others are one answer. */
export type Body = 'tasks' | 'commas' | 'quotes' | 'endless';

/** Said by the process of the platform to the one that started it. */
export type Said = { ready: string } | { listed: number } | { stopped: string };

/** The one that is paused. */
export const runningTask = { id: 'running-task', name: 'Evening reminder' };

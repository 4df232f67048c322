/**
 * Where a start is asked for, by the file of `src`, and one door to each: what people do there. A test of the source
 * compares the files, and another one opens the doors while nothing may be started.
 */
export const startDoors: Readonly<Record<string, string>> = {
  'core/imports/order.ts': 'import and start',
  'core/schedules/act.ts': 'a schedule',
  'core/stop/start-again.ts': 'the end of an emergency stop',
  'core/tasks/start-many.ts': 'several at once',
  'slack/flows/act-on-task.ts': 'a card',
  'slack/flows/repair-start.ts': 'a repaired task',
};

/** What starts that were asked for pass through. */
export const onTheWay: readonly string[] = [
  'act-log.ts',
  'core/schedules/heeding-people.ts',
  'core/tasks/start-patiently.ts',
];

/** What sends the request: the gate, and what the gate's platform consists of. */
export const startSenders: readonly string[] = ['core/access/listed.ts', 'core/tasks/start-gate.ts'];

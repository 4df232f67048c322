import type { Schema } from './schema.ts';

/** Leases and claims hold for a moment, and by the clock of one machine. */
type Momentary = 'leases' | 'claims';

/** All tables that carry data with their primary keys, each after those that its rows refer to. */
export const dataTables = {
  storeOwner: ['id'],
  sequences: ['name'],
  readings: ['taskId'],
  watches: ['id'],
  subscriptions: ['id'],
  channelSettings: ['channel'],
  personSettings: ['person'],
  lastChoices: ['person'],
  keptForms: ['key'],
  boardMessages: ['channel'],
  homes: ['person'],
  outbox: ['seq'],
  alerts: ['id'],
  alertPosts: ['id'],
  submissions: ['key'],
  openActions: ['id'],
  lists: ['person'],
  quietHours: ['groupId'],
  importRuns: ['id'],
  importBatches: ['runId', 'ordinal'],
  importRejects: ['runId', 'ordinal'],
  numberKeys: ['version'],
  sentNumbers: ['hash', 'runId'],
  doNotCall: ['hash'],
  emergencyStops: ['id'],
  stoppedTasks: ['stopId', 'taskId'],
  schedules: ['taskId'],
  taskDays: ['taskId', 'day'],
  taskEvents: ['seq'],
} as const satisfies { [Table in Exclude<keyof Schema, Momentary>]: readonly (keyof Schema[Table] & string)[] };

export type DataTable = keyof typeof dataTables;

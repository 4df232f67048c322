/** What the store knows of the ids of tasks. Throws `store_failed`. */
export interface KnownTasks {
  /** Whether that id was ever stored: as a reading, in a list, or with a submission, a watch or an import. */
  knowsTask(taskId: string): Promise<boolean>;
}

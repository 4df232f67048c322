import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Homes } from '../core/home/homes.ts';
import type { DoNotCallUseCases } from '../core/imports/do-not-call.ts';
import type { ImportUseCases } from '../core/imports/importing.ts';
import type { FileSource } from '../core/imports/read.ts';
import type { LinesUseCases } from '../core/lines/lines.ts';
import type { MoveConcurrency } from '../core/lines/move.ts';
import type { ChannelRef, MessageRef } from '../core/model/address.ts';
import type { Clock, Log } from '../core/ports.ts';
import type { QuietHoursUseCases } from '../core/quiet/quiet-hours.ts';
import type { Reports } from '../core/reports/reports.ts';
import type { ScheduleUseCases } from '../core/schedules/schedules.ts';
import type { StopUseCases } from '../core/stop/stops.ts';
import type { SubscriptionUseCases } from '../core/subscriptions/subscriptions.ts';
import type { WatchUseCases } from '../core/subscriptions/watches.ts';
import type { TaskUseCases } from '../core/tasks/actions.ts';
import type { TaskFinder } from '../core/tasks/finder.ts';
import type { FormChoices } from '../core/tasks/form-choices.ts';
import type { FormMemory } from '../core/tasks/form-memory.ts';
import type { PauseMany } from '../core/tasks/pause-many.ts';
import type { RepairTask } from '../core/tasks/repair.ts';
import type { StartMany } from '../core/tasks/start-many.ts';
import type { Catalogue } from '../i18n/en.ts';

/** What the listeners work with: the use cases of core, and the ways to reach a person. */
export interface SlackDeps {
  /** The slash command, with its slash. */
  command: string;
  tasks: TaskUseCases;
  finder: TaskFinder;
  choices: FormChoices;
  forms: FormMemory;
  imports: ImportUseCases;
  /** Starts several tasks after one question. */
  startMany: StartMany;
  /** Pauses every task of a kind that is on. */
  pauseMany: PauseMany;
  stops: StopUseCases;
  doNotCall: DoNotCallUseCases;
  watches: WatchUseCases;
  subscriptions: SubscriptionUseCases;
  quietHours: QuietHoursUseCases;
  schedules: ScheduleUseCases;
  lines: LinesUseCases;
  reports: Reports;
  homes: Pick<Homes, 'show'>;
  moveConcurrency: MoveConcurrency;
  repairTask: RepairTask;
  newerBlocks: NewerBlocks;
  clock: Clock;
  log: Log;
  newId(): string;
  /** The catalogue for what only this person sees. Resolves within a second, to the default language if need be. */
  catalogueFor(person: string, client: WebClient): Promise<Catalogue>;
  /** What people are called, those left out whom Slack does not name. Resolves within a second. */
  namesOf(people: readonly string[], client: WebClient): Promise<ReadonlyMap<string, string>>;
  /** The catalogue for what everyone in a channel sees. */
  common: Catalogue;
  /** The address of a message on the web; null where Slack did not say where it is. Never throws. */
  linkTo(channel: ChannelRef, message: MessageRef): Promise<string | null>;
  /**
   * Does work that a view shows as going on, with a note of it: if the process dies, its person is notified. `shown` puts
   * the view on the screen.
   */
  noted(work: { id: string; body: string }, shown: () => Promise<unknown>, act: () => Promise<void>): Promise<void>;
  /** A file that a person gave, which is downloaded as it is taken. It throws `AppError`: a `file_…` code, `not_yours`. */
  download(file: FileAsked, client: WebClient): FileSource;
}

/** Blocks that Slack introduced lately and may not accept everywhere yet. */
export type NewerBlock = 'data_table' | 'data_visualization';

/** Which of them this workspace accepts, as far as is known: it says so only by refusing a message. */
export interface NewerBlocks {
  /** Whether it is worth trying. */
  mayTake(block: NewerBlock): boolean;
  /** A message with it was refused that was accepted without it: for a day, it is not tried again. */
  refused(block: NewerBlock): void;
}

/** A file, and who asks for it. */
export interface FileAsked {
  id: string;
  person: string;
  /** Slack itself showed the file to that person, in a message: someone else may have uploaded it. */
  shown: boolean;
}

/** One listener: registers itself with the Bolt app. All of them are listed in src/slack/listeners.ts. */
export type Register = (app: App, deps: SlackDeps) => void;

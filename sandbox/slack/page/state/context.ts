import { createContext, type Dispatch, useContext } from 'react';
import type { Channel, FileInfo, Json, Person, PersonAction, PersonActions, Snapshot } from '../../protocol.ts';
import type { Viewer } from '../mrkdwn/dates.ts';
import type { Words } from '../words/en.ts';
import type { Answer } from './client.ts';
import type { PageAction } from './model.ts';

/** The people and channels, and how this person reads them. Changes only with the snapshot and the preferences. */
export interface Directory {
  me: Person;
  people: Person[];
  channels: Channel[];
  app: Snapshot['app'];
  words: Words;
  language: 'en' | 'zh';
  /** BCP 47 tag for numbers, dates and times. */
  locale: string;
  /** Time zone, language and the workspace's present moment for texts about time. */
  viewer: () => Viewer;
  openChannel: (id: string) => void;
}

/** What components may do. Stable for one acting person. */
export interface Actions {
  dispatch: Dispatch<PageAction>;
  /** Does something as the acting person and shows a note when it is refused. */
  perform: <A extends PersonAction>(action: A, body: Omit<PersonActions[A], 'as'>) => Promise<Answer>;
  upload: (file: File) => Promise<FileInfo | null>;
  /** Shows a confirm dialog of Block Kit. True when the person agreed, or at once when there is nothing to confirm. */
  confirm: (dialog: Json | undefined) => Promise<boolean>;
  note: (code: string) => void;
}

export const DirectoryContext = createContext<Directory | null>(null);
export const ActionsContext = createContext<Actions | null>(null);

export function useDirectory(): Directory {
  const directory = useContext(DirectoryContext);
  if (!directory) throw new Error('useDirectory outside of the page');
  return directory;
}

export function useActions(): Actions {
  const actions = useContext(ActionsContext);
  if (!actions) throw new Error('useActions outside of the page');
  return actions;
}

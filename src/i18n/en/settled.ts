import type { OpenActionKind } from '../../core/model/open-action.ts';

type Sentences = Record<OpenActionKind, (name: string) => string>;

/** A direct message about an action whose outcome was lost and is known now. */
export const settled = {
  /** `at` is finished date text. */
  actions: {
    create: (at) => `Your create ${at}`,
    start: (at) => `Your start ${at}`,
    pause: (at) => `Your pause ${at}`,
    save: (at) => `Your edit ${at}`,
    delete: (at) => `Your delete ${at}`,
  } satisfies Sentences as Sentences,
  /** Why the message comes only now. */
  because: {
    lost: 'its outcome was not known',
    interrupted: 'I was restarted during it',
    late: 'it took effect late',
  },
  sentences: {
    done: {
      create: (name) => `*${name}* was created. It is paused and has no numbers yet.`,
      start: (name) => `*${name}* has started.`,
      pause: (name) => `*${name}* is paused.`,
      save: (name) => `The changes to *${name}* are saved.`,
      delete: (name) => `*${name}* has been deleted.`,
    } satisfies Sentences as Sentences,
    notDone: {
      create: (name) => `*${name}* was not created: it is not on the calling platform. Open the form to create it.`,
      start: (name) => `*${name}* is still paused: it was not started.`,
      pause: (name) => `*${name}* is still on: it was not paused.`,
      save: (name) =>
        `The changes to *${name}* were not saved: the platform shows different values. Open the form to save them again.`,
      delete: (name) => `*${name}* still exists: it was not deleted. Open the form to delete it.`,
    } satisfies Sentences as Sentences,
    stillDialing: (name: string) => `*${name}* is still dialing: it was not paused.`,
    gone: (name: string) => `*${name}* no longer exists on the calling platform.`,
    unsettled: 'The platform kept giving different answers, so please check it yourself.',
  },
};

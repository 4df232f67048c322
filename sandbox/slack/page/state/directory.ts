import { type Dispatch, useMemo, useRef } from 'react';
import type { Snapshot } from '../../protocol.ts';
import { localeFor, wordsOf } from '../words/language.ts';
import type { Directory } from './context.ts';
import type { PageAction } from './model.ts';

/** The directory of a snapshot. Stays the same object while nothing in it changes, so that messages need not render. */
export function useDirectoryOf(snapshot: Snapshot, language: 'en' | 'zh', dispatch: Dispatch<PageAction>): Directory {
  const { me, people, channels, app } = snapshot;
  const time = useRef({ now: snapshot.now, shownTime: snapshot.shownTime });
  time.current = { now: snapshot.now, shownTime: snapshot.shownTime };
  return useMemo(() => {
    const words = wordsOf(language);
    const locale = localeFor(language, me);
    return {
      me,
      people,
      channels,
      app,
      words,
      language,
      locale,
      viewer: () => ({ locale, zone: me.tz, words, ...time.current }),
      openChannel: (id: string) => dispatch({ type: 'open_place', place: { kind: 'channel', id } }),
    };
  }, [me, people, channels, app, language, dispatch]);
}

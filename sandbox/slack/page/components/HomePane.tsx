import { useEffect } from 'react';
import { asObjects } from '../../json.ts';
import type { Snapshot, StateValues } from '../../protocol.ts';
import { Blocks } from '../blocks/Blocks.tsx';
import { FormContext, useFormOver } from '../inputs/form.ts';
import { useActions, useDirectory } from '../state/context.ts';
import { formOfView } from '../state/model.ts';
import { AppTabs } from './AppTabs.tsx';
import { Avatar } from './Avatar.tsx';

type Home = Snapshot['home'];

/** The app's Home. The app is notified each time it is opened. */
export function HomePane({ home, edits }: { home: Home; edits: StateValues | undefined }) {
  const { words, app, people, me } = useDirectory();
  const { perform } = useActions();
  useEffect(() => {
    void perform('home', {});
  }, [perform]);
  return (
    <main className="pane" data-place="home">
      <header className="pane-head">
        <h1>
          <Avatar person={people.find((person) => person.id === app.botUserId)} size={24} />
          <span>{app.name}</span>
        </h1>
        <AppTabs current="home" />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className="home-scroll" aria-label={words.homeTitle(app.name)} tabIndex={0}>
        <div className="home">
          {home ? <Published key={me.id} home={home} edits={edits} /> : <p className="empty">{words.homeEmpty}</p>}
        </div>
      </section>
    </main>
  );
}

function Published({ home, edits }: { home: NonNullable<Home>; edits: StateValues | undefined }) {
  const blocks = asObjects(home.view.blocks);
  const form = useFormOver(formOfView(home.id), { type: 'home' }, blocks, edits);
  return (
    <FormContext value={form}>
      <Blocks blocks={blocks} />
    </FormContext>
  );
}

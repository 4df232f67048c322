import { useActions, useDirectory } from '../state/context.ts';

/** Home and messages of the app. */
export function AppTabs({ current }: { current: 'home' | 'messages' }) {
  const { words, app, channels } = useDirectory();
  const { dispatch } = useActions();
  const dm = channels.find((channel) => channel.kind === 'dm' && channel.name === app.botUserId);
  return (
    <nav className="tabs" aria-label={app.name}>
      <button
        type="button"
        aria-current={current === 'home' ? 'page' : undefined}
        onClick={() => dispatch({ type: 'open_place', place: { kind: 'home' } })}
      >
        {words.home}
      </button>
      {dm && (
        <button
          type="button"
          aria-current={current === 'messages' ? 'page' : undefined}
          onClick={() => dispatch({ type: 'open_place', place: { kind: 'channel', id: dm.id } })}
        >
          {words.messagesTab}
        </button>
      )}
    </nav>
  );
}

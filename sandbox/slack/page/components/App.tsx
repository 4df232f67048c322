import { type ReactNode, useEffect, useReducer, useRef, useState } from 'react';
import { follow } from '../state/client.ts';
import { ActionsContext, DirectoryContext } from '../state/context.ts';
import { useDirectoryOf } from '../state/directory.ts';
import { messageIn, type PageState, reduce, startState } from '../state/model.ts';
import { useConfirm, usePageActions } from '../state/page-actions.ts';
import { loadPreferences, savePreferences, startFromAddress } from '../state/preferences.ts';
import { languageFor, wordsOf } from '../words/language.ts';
import { ChannelPane, titleOf } from './ChannelPane.tsx';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { HomePane } from './HomePane.tsx';
import { ModalStack } from './ModalStack.tsx';
import { Sidebar } from './Sidebar.tsx';
import { Skeleton } from './Skeleton.tsx';
import { ThreadPane } from './ThreadPane.tsx';
import { Toasts } from './Toasts.tsx';
import { TopBar } from './TopBar.tsx';
import { Tour } from './Tour.tsx';
import { TrafficPane } from './TrafficPane.tsx';
import { useTheme } from './theme.ts';

export function App() {
  const [start] = useState(() => startFromAddress(window.location.search));
  const [as, setAs] = useState(start.as);
  const [state, dispatch] = useReducer(reduce, undefined, () => startState(loadPreferences(), start.place));
  const { snapshot, preferences } = state;

  useEffect(
    () =>
      follow(as, {
        snapshot: (next) => dispatch({ type: 'snapshot', snapshot: next }),
        lost: () => dispatch({ type: 'link_lost' }),
      }),
    [as],
  );
  useEffect(() => savePreferences(preferences), [preferences]);
  useTheme(preferences.theme);
  const language = languageFor(preferences.language, snapshot?.me);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language]);

  if (!snapshot) return <Skeleton text={wordsOf(language).connecting} />;
  return <Workspace state={{ ...state, snapshot }} language={language} dispatch={dispatch} onActAs={setAs} />;
}

interface Props {
  state: PageState & { snapshot: NonNullable<PageState['snapshot']> };
  language: 'en' | 'zh';
  dispatch: Parameters<typeof usePageActions>[0];
  onActAs: (id: string) => void;
}

function Workspace({ state, language, dispatch, onActAs }: Props) {
  const { snapshot, place, thread, preferences } = state;
  const confirm = useConfirm();
  const actions = usePageActions(dispatch, snapshot.me.id, confirm.ask);
  const directory = useDirectoryOf(snapshot, language, dispatch);
  const words = directory.words;
  const lastFocused = useRef<HTMLElement>(null);
  const channel = place?.kind === 'channel' ? snapshot.channels.find((one) => one.id === place.id) : undefined;

  const title = channel ? titleOf(snapshot.people, channel) : words.home;
  useEffect(() => {
    document.title = `${title} · ${snapshot.workspace.name}`;
  }, [title, snapshot.workspace.name]);

  const modal = snapshot.views.length > 0 || confirm.dialog !== null;
  // An inert page loses its focus before the dialog can remember where it was.
  useEffect(() => {
    if (!modal && lastFocused.current?.isConnected) lastFocused.current.focus({ preventScroll: true });
  }, [modal]);
  const [tourStep, setTourStep] = useState(0);
  // Anyone with an open form has taken the first step.
  const hasForm = snapshot.views.length > 0;
  useEffect(() => {
    if (hasForm) setTourStep((step) => Math.max(step, 1));
  }, [hasForm]);
  const tour =
    snapshot.pageControls.length > 0 &&
    !preferences.tourDone &&
    !modal &&
    !state.trafficOpen &&
    !thread &&
    channel?.isMember;
  return (
    <DirectoryContext value={directory}>
      <ActionsContext value={actions}>
        <div
          className="page"
          inert={modal}
          onFocusCapture={(event) => {
            lastFocused.current = event.target;
          }}
        >
          <TopBar snapshot={snapshot} preferences={preferences} trafficOpen={state.trafficOpen} onActAs={onActAs} />
          {state.link === 'lost' && (
            <p className="banner banner-warning" role="status">
              {words.reconnecting}
            </p>
          )}
          <div className="columns">
            <Sidebar snapshot={snapshot} place={place} open={state.sidebarOpen} />
            {place?.kind === 'home' && (
              <HomePane
                key={snapshot.me.id}
                home={snapshot.home}
                edits={snapshot.home ? state.edits[`view:${snapshot.home.id}`] : undefined}
              />
            )}
            {channel && <ChannelPane channel={channel} state={state} />}
            <Side state={state} thread={thread} />
          </div>
          {tour && <Tour composer={`${snapshot.me.id}:${channel.id}`} step={tourStep} onStep={setTourStep} />}
        </div>
        <ModalStack views={snapshot.views} state={state} />
        {confirm.dialog && <ConfirmDialog dialog={confirm.dialog} onAnswer={confirm.answer} />}
        <Toasts toasts={snapshot.toasts} notes={state.notes} />
      </ActionsContext>
    </DirectoryContext>
  );
}

function Side({ state, thread }: { state: Props['state']; thread: PageState['thread'] }): ReactNode {
  const { snapshot } = state;
  if (state.trafficOpen) return <TrafficPane traffic={snapshot.traffic} />;
  const channel = thread && snapshot.channels.find((one) => one.id === thread.channel);
  const parent = thread && messageIn(snapshot, thread.channel, thread.ts);
  return channel && parent ? <ThreadPane channel={channel} parent={parent} state={state} /> : null;
}

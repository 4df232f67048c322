import { type DragEvent, type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type { FileInfo } from '../../protocol.ts';
import { complete } from '../state/completion.ts';
import { useActions, useDirectory } from '../state/context.ts';
import { Attachments } from './Attachments.tsx';
import { BoltIcon, ClipIcon, SendIcon } from './icons.tsx';
import { Menu } from './Menu.tsx';
import { Suggestions } from './Suggestions.tsx';

interface Props {
  channel: string;
  threadTs?: string;
  /** The key of the unsent text. */
  draftKey: string;
  draft: string;
  label: string;
}

export function Composer({ channel, threadTs, draftKey, draft, label }: Props) {
  const { words, app, people, channels } = useDirectory();
  const { dispatch, perform, upload, note } = useActions();
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const placeCaret = useRef<number>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const [caret, setCaret] = useState(0);
  const [active, setActive] = useState(-1);
  const [quiet, setQuiet] = useState(false);
  const [files, setFiles] = useState<FileInfo[]>([]);
  const [uploading, setUploading] = useState(0);
  const [over, setOver] = useState(false);
  const [focused, setFocused] = useState(false);

  const commandInThread = threadTs === undefined ? null : /^\/[^\s/]+/.exec(draft)?.[0];
  const completion = quiet || !focused || commandInThread ? null : complete(draft, caret, { app, people, channels });
  const write = (text: string): void => {
    dispatch({ type: 'draft', composer: draftKey, text });
    setActive(-1);
    setQuiet(false);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const field = area.current;
    if (!field) return;
    field.style.height = 'auto';
    field.style.height = `${Math.min(field.scrollHeight, 200)}px`;
    // Before the next key arrives, or a fast typist's letters would land in the wrong place.
    if (placeCaret.current !== null) field.setSelectionRange(placeCaret.current, placeCaret.current);
    placeCaret.current = null;
  }, [draft]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new place gets the caret, as people expect of a chat
  useEffect(() => {
    if (window.matchMedia('(min-width: 761px)').matches) area.current?.focus({ preventScroll: true });
  }, [draftKey]);

  const take = (index: number): void => {
    const suggestion = completion?.suggestions[index];
    if (!completion || !suggestion) return;
    const head = draft.slice(0, completion.from) + suggestion.insert;
    write(head + draft.slice(caret));
    setCaret(head.length);
    placeCaret.current = head.length;
  };
  const send = async (): Promise<void> => {
    const text = draft.trim();
    if ((text === '' && files.length === 0) || uploading > 0 || commandInThread) return;
    const sent = files;
    write('');
    setFiles([]);
    const answer = await perform('message', {
      channel,
      text,
      ...(threadTs === undefined ? {} : { threadTs }),
      ...(sent.length > 0 ? { fileIds: sent.map((file) => file.id) } : {}),
    });
    if (!answer.ok && answer.error === 'unreachable') {
      // The text survives the failure.
      dispatch({ type: 'draft', composer: draftKey, text });
      setFiles(sent);
    }
  };
  const attach = async (chosen: File[]): Promise<void> => {
    setUploading((count) => count + chosen.length);
    for (const file of chosen) {
      const info = await upload(file);
      setUploading((count) => count - 1);
      if (info) setFiles((held) => [...held, info]);
      else note('upload_failed');
    }
    area.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const count = completion?.suggestions.length ?? 0;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (count > 0 && step !== 0) {
      event.preventDefault();
      setActive(active < 0 ? (step > 0 ? 0 : count - 1) : (active + step + count) % count);
    } else if (count > 0 && event.key === 'Tab' && !event.shiftKey) {
      event.preventDefault();
      take(Math.max(active, 0));
    } else if (count > 0 && event.key === 'Escape') {
      event.stopPropagation();
      setQuiet(true);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      if (count > 0 && (active >= 0 || completion?.eager)) take(Math.max(active, 0));
      else void send();
    }
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void attach([...event.dataTransfer.files]);
  };
  const listOpen = (completion?.suggestions.length ?? 0) > 0;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the attach button does the same
    <div
      className={over ? 'composer composer-over' : 'composer'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {completion && <Suggestions id={id} completion={completion} active={active} onTake={take} />}
      {commandInThread && (
        <p className="composer-note" role="status">
          {words.commandInThread(commandInThread)}
        </p>
      )}
      <Attachments
        files={files}
        uploading={uploading > 0}
        onRemove={(file) => setFiles(files.filter((other) => other.id !== file.id))}
      />
      <textarea
        ref={area}
        rows={1}
        value={draft}
        placeholder={over ? words.dropHere : label}
        aria-label={label}
        aria-controls={listOpen ? `${id}-list` : undefined}
        aria-autocomplete="list"
        aria-activedescendant={listOpen && active >= 0 ? `${id}-${active}` : undefined}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onChange={(event) => {
          write(event.target.value);
          setCaret(event.target.selectionStart);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
        onPaste={(event) => {
          const pasted = [...event.clipboardData.files];
          if (pasted.length === 0) return;
          event.preventDefault();
          void attach(pasted);
        }}
      />
      <div className="composer-bar">
        <button
          type="button"
          className="tool-button"
          aria-label={words.attach}
          title={words.attach}
          onClick={() => chooser.current?.click()}
        >
          <ClipIcon />
        </button>
        <input
          ref={chooser}
          type="file"
          multiple
          className="visually-hidden"
          tabIndex={-1}
          aria-label={words.attach}
          onChange={(event) => {
            void attach([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
        {threadTs === undefined && (
          <Menu
            label={words.shortcuts}
            trigger={<BoltIcon />}
            triggerClass="tool-button"
            empty={words.noShortcuts}
            items={app.shortcuts
              .filter((shortcut) => shortcut.type === 'global')
              .map((shortcut) => ({
                key: shortcut.callbackId,
                text: shortcut.name,
                hint: app.name,
                run: () => void perform('shortcut', { callbackId: shortcut.callbackId }),
              }))}
          />
        )}
        <button
          type="button"
          className="send-button"
          aria-label={words.send}
          title={words.send}
          disabled={(draft.trim() === '' && files.length === 0) || uploading > 0}
          onClick={() => void send()}
        >
          <SendIcon />
        </button>
      </div>
    </div>
  );
}

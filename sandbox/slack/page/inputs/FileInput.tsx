import { type DragEvent, useRef, useState } from 'react';
import { asObjects, asString, num, strings } from '../../json.ts';
import type { Json } from '../../protocol.ts';
import { FileChip } from '../components/FileChip.tsx';
import { FileIcon } from '../components/icons.tsx';
import { useActions, useDirectory } from '../state/context.ts';
import { aria, type ElementProps } from './element-props.ts';

/** A file input: choose or drop, one to ten files, of the types the app allows. */
export function FileInput(props: ElementProps) {
  const { element, state, onChange, id } = props;
  const { words } = useDirectory();
  const { upload } = useActions();
  const [over, setOver] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const chooser = useRef<HTMLInputElement>(null);
  const files = asObjects(state.files);
  const most = num(element.max_files) ?? 10;
  const types = strings(element.filetypes).map((type) => type.toLowerCase().replace(/^\./, ''));

  const problemOf = (added: File[]): string => {
    const odd = added.find((file) => types.length > 0 && !types.includes(extensionOf(file.name)));
    if (odd) return words.fileWrongType(odd.name, types.join(', '));
    return files.length + added.length > most ? words.fileTooMany(most) : '';
  };
  const add = async (added: File[]): Promise<void> => {
    const found = problemOf(added);
    setProblem(found);
    if (found !== '' || added.length === 0) return;
    setBusy(true);
    const sent: Json[] = [];
    for (const file of added) {
      const info = await upload(file);
      if (info) sent.push({ ...info });
      else setProblem(words.fileFailed(file.name));
    }
    setBusy(false);
    if (sent.length > 0) onChange({ type: 'file_input', files: [...files, ...sent] });
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    setOver(false);
    void add([...event.dataTransfer.files]);
  };
  return (
    <div className="file-input">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the button inside does the same */}
      <div
        className={over ? 'drop-zone drop-zone-over' : 'drop-zone'}
        onDragOver={(event) => {
          event.preventDefault();
          event.stopPropagation();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <FileIcon />
        <span>
          {words.filesDrop}{' '}
          <button type="button" className="link-button" onClick={() => chooser.current?.click()}>
            {words.filesChoose}
          </button>
        </span>
        {types.length > 0 && <span className="drop-types">{types.map((type) => `.${type}`).join('  ')}</span>}
        <input
          {...aria(props)}
          ref={chooser}
          id={id}
          className="visually-hidden"
          type="file"
          tabIndex={-1}
          multiple={most > 1}
          accept={types.map((type) => `.${type}`).join(',')}
          onChange={(event) => {
            void add([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
      </div>
      {busy && <output className="field-note">{words.uploading}</output>}
      {problem !== '' && (
        <p className="field-error" role="alert">
          {problem}
        </p>
      )}
      {files.length > 0 && (
        <ul className="file-list">
          {files.map((file) => (
            <li key={asString(file.id)}>
              <FileChip
                name={asString(file.name)}
                size={num(file.size) ?? 0}
                onRemove={() => onChange({ type: 'file_input', files: files.filter((other) => other.id !== file.id) })}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function extensionOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase();
}

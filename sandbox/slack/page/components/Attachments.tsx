import type { FileInfo } from '../../protocol.ts';
import { useDirectory } from '../state/context.ts';
import { FileChip } from './FileChip.tsx';

interface Props {
  files: FileInfo[];
  uploading: boolean;
  onRemove: (file: FileInfo) => void;
}

/** Files that will go with the next message. */
export function Attachments({ files, uploading, onRemove }: Props) {
  const { words } = useDirectory();
  if (files.length === 0 && !uploading) return null;
  return (
    <ul className="file-list composer-files">
      {files.map((file) => (
        <li key={file.id}>
          <FileChip name={file.name} size={file.size} onRemove={() => onRemove(file)} />
        </li>
      ))}
      {uploading && (
        <li>
          <output className="field-note">{words.uploading}</output>
        </li>
      )}
    </ul>
  );
}

import { useDirectory } from '../state/context.ts';
import { CrossIcon, FileIcon } from './icons.tsx';

interface Props {
  name: string;
  /** Bytes. */
  size: number;
  /** Where it can be downloaded. */
  url?: string;
  onRemove?: () => void;
}

export function FileChip({ name, size, url, onRemove }: Props) {
  const { words, locale } = useDirectory();
  return (
    <span className="file-chip">
      <FileIcon />
      <span className="file-text">
        {url ? (
          <a href={url} download={name}>
            {name}
          </a>
        ) : (
          <span className="file-name">{name}</span>
        )}
        <span className="file-size">{sizeText(size, locale)}</span>
      </span>
      {onRemove && (
        <button type="button" className="icon-button" aria-label={words.removeFile(name)} onClick={onRemove}>
          <CrossIcon />
        </button>
      )}
    </span>
  );
}

function sizeText(bytes: number, locale: string): string {
  const [value, unit] =
    bytes < 1_000 ? [bytes, 'byte'] : bytes < 1e6 ? [bytes / 1e3, 'kilobyte'] : [bytes / 1e6, 'megabyte'];
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    maximumFractionDigits: 1,
    unitDisplay: bytes < 1_000 ? 'long' : 'short',
  }).format(value);
}

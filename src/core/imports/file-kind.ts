import { AppError, type FileKind } from '../errors.ts';

/** How files that are not text begin: at the first byte, or at the given one. */
const signatures: readonly (readonly [FileKind | 'zip' | 'compound', start: string, at?: number])[] = [
  ['zip', 'PK\x03\x04'],
  ['archive', 'PK\x05\x06'],
  ['archive', 'PK\x07\x08'],
  ['compound', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  // Workbooks of Excel 2 to 4, which are no compound files.
  ['xls', '\x09\x00\x04\x00'],
  ['xls', '\x09\x02\x06\x00'],
  ['xls', '\x09\x04\x06\x00'],
  ['pdf', '%PDF'],
  ['document', '{\\rtf'],
  ['archive', '\x1f\x8b'],
  ['archive', 'Rar!'],
  ['archive', '7z\xbc\xaf'],
  ['archive', 'BZh91AY'],
  ['archive', '\xfd7zXZ'],
  ['archive', '\x28\xb5\x2f\xfd'],
  ['archive', 'ustar', 257],
  ['picture', '\x89PNG'],
  ['picture', '\xff\xd8\xff'],
  ['picture', 'GIF87a'],
  ['picture', 'GIF89a'],
  ['picture', 'WEBP', 8],
  ['picture', 'II*\x00'],
  ['picture', 'MM\x00*'],
  ['picture', 'ftypheic', 4],
  ['picture', 'ftypmif1', 4],
  ['media', 'ftyp', 4],
  ['media', 'ID3\x02'],
  ['media', 'ID3\x03'],
  ['media', 'ID3\x04'],
  ['media', 'OggS\x00'],
  ['media', 'RIFF'],
  ['media', '#!AMR'],
  ['media', '\x1aE\xdf\xa3'],
  ['binary', 'SQLite format 3'],
  ['binary', 'PAR1\x15'],
  ['binary', '\x7fELF'],
  ['binary', 'MZ\x90\x00'],
];

/** How texts begin that are lists in another form. */
const markups: readonly (readonly [FileKind, RegExp])[] = [
  ['xml', /^\s*<\?xml(?![^>]*>\s*(?:<!--.{0,200}?-->\s*)*<(?:!doctype\s+html|html|table)\b)/is],
  ['web_page', /^\s*<(?:[a-z!?])/i],
  ['vcard', /^\s*BEGIN:\s*VCARD/i],
  ['json', /^\s*[[{]\s*["{[]/],
  // `[1] 13800138000` is a numbered list.
  ['json', /^\s*\[\s*\d+\s*(?:,\s*\d|\]\s*$)/],
  ['json', /^\s*[[{]\s*[\]}]\s*$/],
  ['web_page', /^\s*MIME-Version:(?=.{0,1000}multipart\/related)/is],
  ['email', /^\s*(?:MIME-Version|Received|Return-Path|Delivered-To|DKIM-Signature):/i],
  ['email', /^\s*(?:From|To|Subject|Date|Message-ID):(?=.{0,2000}\n(?:MIME-Version|Message-ID|Content-Type):)/is],
];

/** Characters of a text by which that is decided. */
export const markupLength = 4_000;

/** What a file is by its first bytes, when that is no text; a ZIP archive may be a workbook. */
export function binaryKind(bytes: Uint8Array): FileKind | 'zip' | null {
  const head = String.fromCharCode(...bytes.subarray(0, 300));
  const kind = signatures.find(([, start, at = 0]) => head.startsWith(start, at))?.[0] ?? null;
  return kind === 'compound' ? compoundKind(bytes) : kind;
}

/** What a text is when it is a list in a form of its own, by how it begins. */
export function markupKind(text: string): FileKind | null {
  const head = text.slice(0, markupLength).replace(/^\ufeff/, '');
  return markups.find(([, pattern]) => pattern.test(head))?.[0] ?? null;
}

/** By the names of the streams in it: a password makes every office file one with an encrypted package. */
function compoundKind(bytes: Uint8Array): FileKind {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const holds = (name: string): boolean => file.includes(Buffer.from(name, 'utf16le'));
  if (holds('EncryptedPackage')) return 'encrypted';
  if (holds('WordDocument') || holds('PowerPoint Document')) return 'document';
  if (holds('__substg1.0_')) return 'email';
  return 'xls';
}

export function unreadable(fileKind: FileKind | null): AppError {
  return new AppError('file_unreadable', `the file is no list of numbers: ${fileKind ?? 'not text'}`, {
    details: fileKind === null ? {} : { fileKind },
  });
}

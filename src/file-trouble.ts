/** Why a file cannot be read or written, in words that follow a colon. */
export function fileTroubleWords(thrown: unknown): string {
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? String(thrown.code) : '';
  const known = Object.hasOwn(words, code) ? words[code] : undefined;
  return known ?? `it cannot be opened${/^\w{1,40}$/.test(code) ? ` (${code})` : ''}`;
}

const words: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'access is denied',
  EPERM: 'access is denied',
  EISDIR: 'that is a folder',
  EEXIST: 'there is a file of that name',
  ELOOP: 'its links lead in a circle',
  EDQUOT: 'the disk quota of this user is used up',
  EROFS: 'its file system is read-only',
  ENOSPC: 'the disk is full',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'it does not hold text',
};

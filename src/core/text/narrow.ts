/** Full-width letters, digits and signs as plain ones, character for character; everything else unchanged. */
export function narrow(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0));
}

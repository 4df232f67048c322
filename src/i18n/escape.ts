/** Makes text inert in chat markup: the three characters docs.slack.dev names (`&`, `<`, `>`) become entities. */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Two characters between which a text may always be cut: neither takes in the other. */
const apart = /^[\x20-\x7e\u4e00-\u9fff]{2}$/;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * The text in at most `max` UTF-16 units (as Slack and JavaScript count), cut between characters as people see them and
 * ending in `…` when cut.
 */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  if (apart.test(text.slice(max - 2, max))) return `${text.slice(0, max - 1).trimEnd()}…`;
  let end = 0;
  // A little more than may be kept, so that the last character considered is whole.
  for (const { segment, index } of graphemes.segment(text.slice(0, max + 64))) {
    if (index + segment.length > max - 1) break;
    end = index + segment.length;
  }
  return `${text.slice(0, end).trimEnd()}…`;
}

/** Like `cut`, for mrkdwn: never ends inside `<…>` or an entity such as `&amp;`, which would break what follows. */
export function cutMarkup(text: string, max: number): string {
  if (text.length <= max) return text;
  const kept = cut(text, max).slice(0, -1);
  const open = kept.lastIndexOf('<');
  const whole = open > kept.lastIndexOf('>') ? kept.slice(0, open) : kept;
  return `${whole.replace(/&(?:a|am|amp|l|lt|g|gt)?$/, '').trimEnd()}…`;
}

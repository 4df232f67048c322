import { type ShownTime, shownAt } from '../../shown-time.ts';
import { dayOf, formatIn } from '../state/zone.ts';

export interface Viewer {
  locale: string;
  zone: string;
  now: number;
  /** How the times that they see differ from that of `now`. */
  shownTime?: readonly ShownTime[];
  words: { today: string; yesterday: string; tomorrow: string };
}

const dayMs = 86_400_000;

/** Today, yesterday or tomorrow in the viewer's words, else null. */
export function nearDay(epoch: number, viewer: Viewer): string | null {
  return nearShownDay(shownTo(viewer, epoch), asShown(viewer));
}

const shownTo = ({ shownTime = [], now }: Viewer, epoch: number): number => shownAt(epoch, shownTime, now);

/** As one whose `now` is what the page shows. */
const asShown = (viewer: Viewer): Viewer => ({ ...viewer, now: shownTo(viewer, viewer.now) });

function nearShownDay(epoch: number, viewer: Viewer): string | null {
  const day = dayOf(epoch, viewer.zone);
  if (day === dayOf(viewer.now, viewer.zone)) return viewer.words.today;
  if (day === dayOf(viewer.now - dayMs, viewer.zone)) return viewer.words.yesterday;
  return day === dayOf(viewer.now + dayMs, viewer.zone) ? viewer.words.tomorrow : null;
}

const shapes: { [token: string]: Intl.DateTimeFormatOptions } = {
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  date_short: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  date_long_full: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  day_divider: { weekday: 'long', month: 'long', day: 'numeric' },
  time: { hour: 'numeric', minute: '2-digit' },
  time_secs: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
};

/** `{date_short} at {time}` and the like, in the viewer's time zone and language. Unknown tokens stay as they are. */
export function formatDate(epoch: number, format: string, viewer: Viewer): string {
  return formatShown(shownTo(viewer, epoch), format, asShown(viewer));
}

function formatShown(epoch: number, format: string, viewer: Viewer): string {
  return format.replace(/\{(\w+)\}/g, (whole, token: string) => {
    if (token === 'ago') return ago(epoch, viewer);
    const pretty = token.endsWith('_pretty');
    if (pretty) {
      const near = nearShownDay(epoch, viewer);
      // In the middle of a sentence, where these occur, Slack writes them in lower case.
      if (near) return near.toLocaleLowerCase(viewer.locale);
    }
    const shape = shapes[pretty ? token.slice(0, -'_pretty'.length) : token];
    if (token === 'date_num') return dayOf(epoch, viewer.zone);
    return shape ? formatIn(viewer.zone, viewer.locale, shape).format(epoch) : whole;
  });
}

function ago(epoch: number, viewer: Viewer): string {
  const relative = new Intl.RelativeTimeFormat(viewer.locale, { numeric: 'auto' });
  const seconds = Math.round((epoch - viewer.now) / 1_000);
  const size = Math.abs(seconds);
  if (size < 60) return relative.format(seconds, 'second');
  if (size < 3_600) return relative.format(Math.round(seconds / 60), 'minute');
  return size < 86_400
    ? relative.format(Math.round(seconds / 3_600), 'hour')
    : relative.format(Math.round(seconds / 86_400), 'day');
}

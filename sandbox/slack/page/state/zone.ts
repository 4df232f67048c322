/*
 * Wall-clock time of a person's time zone, by the browser's own zone data. All epochs are milliseconds.
 */

const formats = new Map<string, Intl.DateTimeFormat>();

/** A cached formatter: building one costs far more than using it. An unknown zone falls back to UTC. */
export function formatIn(zone: string, locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone}|${locale}|${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) {
    try {
      format = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
    } catch {
      format = new Intl.DateTimeFormat('en', { ...options, timeZone: 'UTC' });
    }
    formats.set(key, format);
  }
  return format;
}

const fields = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
} as const;

/** `2026-11-22T09:05` as the clock of `zone` shows it at `epoch`. */
export function localMinute(epoch: number, zone: string): string {
  const parts = new Map(
    formatIn(zone, 'en-GB', fields)
      .formatToParts(epoch)
      .map((part) => [part.type, part.value]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '00';
  return `${of('year').padStart(4, '0')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`;
}

/** The epoch at which the clock of `zone` shows `local` (`2026-11-22T09:05`); NaN when that is no time. */
export function epochOf(local: string, zone: string): number {
  const asUtc = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(local) ? Date.parse(`${local}:00Z`) : Number.NaN;
  if (Number.isNaN(asUtc)) return Number.NaN;
  const offsetAt = (epoch: number): number => Date.parse(`${localMinute(epoch, zone)}:00Z`) - epoch;
  // Twice: the offset at the first guess may be that of the other side of a clock change.
  const first = asUtc - offsetAt(asUtc);
  return asUtc - offsetAt(first);
}

/** `2026-11-22`: the day of `epoch` in `zone`. */
export function dayOf(epoch: number, zone: string): string {
  return localMinute(epoch, zone).slice(0, 10);
}

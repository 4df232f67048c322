import type { ChannelSettings } from '../../core/model/channel-settings.ts';
import { isMorning } from '../../core/reports/digest-time.ts';
import { isMuted } from '../../core/subscriptions/audience.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { textMessage } from './answers.ts';
import type { MessageBody } from './limits.ts';
import { date, toType } from './mrkdwn.ts';
import { placeText } from './scope.ts';
import { clockText, daysOfWeekText } from './weekdays.ts';

export interface DigestShown {
  settings: Pick<ChannelSettings, 'digest' | 'mutedUntil'>;
  place: string;
  /** Who reads it: their direct messages are theirs. */
  reader: string;
  zone: string;
  /** When the next one is due, epoch ms; null when none is. */
  next: number | null;
  now: number;
  command: string;
}

/** When a digest is posted in a place, and what it is about. */
export function digestSettingsMessage(shown: DigestShown, t: Catalogue): MessageBody {
  const { settings, place, reader, zone, next, now, command } = shown;
  const { digest, mutedUntil } = settings;
  const where = placeText(place, reader, t);
  if (digest === null) {
    const example = toType(command, t.commands.digest.examples[0] ?? '');
    return textMessage(t.units.sentences([t.digest.none(where), t.digest.example(example)]));
  }
  return textMessage(
    t.units.sentences([
      t.digest.set(where, t.digest.when(daysOfWeekText(digest.days, t), clockText(digest.minutes), zone)),
      ...(digest.brokenBy === null ? [] : [t.digest.paused(where)]),
      ...(next === null ? [] : [t.digest.next(date(next, t.dates.moment))]),
      ...(isMuted({ mutedUntil }, now) && mutedUntil !== null
        ? [t.digest.muted(date(mutedUntil, t.dates.moment))]
        : []),
      isMorning(digest) ? t.digest.morning : t.digest.evening,
      t.digest.scope,
    ]),
  );
}

import { byteOrderMark, csvRow } from '../../core/imports/csv.ts';
import { finishedIn } from '../../core/reports/build.ts';
import type { Span } from '../../core/reports/period.ts';
import type { PastDay } from '../../core/reports/ports.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { toSlackFailure } from '../api/errors.ts';
import type { Interaction } from '../bolt/interaction.ts';
import { plainName } from '../views/mrkdwn.ts';
import { daysText } from '../views/record.ts';
import { directChannel } from './error-file.ts';

/** The longest name of a task in the file. */
const nameLength = 300;

const minuteMs = 60_000;

/**
 * Sends a row per task and day to the person who asks, as a file in their direct messages. It holds no numbers that can be
 * dialed: they are masked in names, too. Throws `chat_failed`.
 */
export async function sendReportFile(
  { client, person, t }: Pick<Interaction, 'client' | 'person' | 't'>,
  { span, rows }: { span: Span; rows: AsyncIterable<readonly PastDay[]> },
): Promise<void> {
  const columns = t.report.columns;
  const parts = [Buffer.from(byteOrderMark + csvRow(Object.values(columns)))];
  let count = 0;
  for await (const piece of rows) {
    parts.push(Buffer.from(piece.map((day) => rowOf(day)).join('')));
    count += piece.length;
  }
  const days = span.from === span.until ? span.from : `${span.from}-${span.until}`;
  const channel = await directChannel(client, person, t);
  try {
    await client.filesUploadV2({
      channel_id: channel,
      file: Buffer.concat(parts),
      filename: `${t.report.csvName(days)}.csv`,
      initial_comment: t.report.csvComment(count, daysText(span, t)),
    });
  } catch (error) {
    throw toSlackFailure(error);
  }
}

/** In the order of the columns. */
function rowOf(day: PastDay): string {
  const cells: Record<keyof Catalogue['report']['columns'], string | number> = {
    day: day.day,
    task: plainName(day.name, nameLength),
    id: day.taskId,
    dialed: day.dialed,
    dialingMinutes: Math.round(day.dialingMs / minuteMs),
    finished: finishedIn(day),
    stalls: day.stalls,
    stalledMinutes: Math.round(day.stalledMs / minuteMs),
  };
  return csvRow(Object.values(cells).map(String));
}

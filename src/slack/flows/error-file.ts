import { byteOrderMark, csvRow } from '../../core/imports/csv.ts';
import type { ErrorRow, GiveErrorFile } from '../../core/imports/ports.ts';
import { type Withholding, withholdings } from '../../core/model/import-run.ts';
import { type RejectReason, rejectReasons } from '../../core/model/numbers.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { toSlackFailure } from '../api/errors.ts';
import { named, plainName } from '../views/mrkdwn.ts';
import type { DirectMessages } from './report-import.ts';

/** So many rows are written at a time. */
const rowsPerPart = 1_000;
/** So many rows go into one file, which is in memory while it is sent: some twenty megabytes. */
const maxRowsPerFile = 200_000;

/**
 * Sends what could not be imported to the person of the run, as a file in their direct messages; as several where it has
 * more rows than `maxRows`.
 */
export function errorFiles({ client, catalogueFor }: DirectMessages, maxRows = maxRowsPerFile): GiveErrorFile {
  return async (run, rows) => {
    const t = await catalogueFor(run.person, client);
    const channel = await directChannel(client, run.person, t);
    const name = t.imports.errorFile.name(fileNameOf(run.taskName));
    let part = 0;
    for await (const { file, count, isLast } of filesOf(rows, maxRows, t)) {
      part += 1;
      try {
        await client.filesUploadV2({
          channel_id: channel,
          file,
          filename: `${name}${isLast && part === 1 ? '' : `-${part}`}.csv`,
          initial_comment: t.imports.errorFile.comment(count, named(run.taskName)),
        });
      } catch (error) {
        throw toSlackFailure(error);
      }
    }
  };
}

/** The name of a task as a part of a file name: numbers in it are masked, and no system objects to it. */
function fileNameOf(taskName: string): string {
  return plainName(taskName, 40).replaceAll(/[\s\\/:*?"<>|.]+/g, '-');
}

/** A file needs the id of the conversation. Without the scope to open it, a message that is sent first shows it. */
export async function directChannel(client: DirectMessages['client'], person: string, t: Catalogue): Promise<string> {
  const opened = await client.conversations.open({ users: person }).catch(() => null);
  if (opened?.channel?.id !== undefined) return opened.channel.id;
  const { channel } = await client.chat.postMessage({ channel: person, text: t.imports.errorFile.coming });
  return channel ?? person;
}

/** The rows as files, the first of which comes in any case. */
async function* filesOf(
  rows: AsyncIterable<ErrorRow>,
  maxRows: number,
  t: Catalogue,
): AsyncGenerator<{ file: Buffer; count: number; isLast: boolean }, void> {
  const { columns, why } = t.imports.errorFile;
  const head = byteOrderMark + csvRow([columns.why, columns.line, columns.phone, columns.name, columns.detail]);
  let [parts, text, count]: [Buffer[], string, number] = [[], head, 0];
  const written = (): Buffer => Buffer.concat([...parts, Buffer.from(text)]);
  for await (const row of rows) {
    if (count === maxRows) {
      yield { file: written(), count, isLast: false };
      [parts, text, count] = [[], head, 0];
    }
    const line = row.line === null ? '' : String(row.line);
    text += csvRow([why[row.why], line, row.phone, row.name ?? '', detail(row, t)]);
    count += 1;
    if (count % rowsPerPart > 0) continue;
    parts.push(Buffer.from(text));
    text = '';
  }
  yield { file: written(), count, isLast: true };
}

function detail({ why, detail: said }: ErrorRow, t: Catalogue): string {
  if (said === null) return '';
  if (why === 'rejected' && isReason(said)) return t.imports.reasons[said];
  if (why === 'withheld' && isWithholding(said)) return t.imports.withheldReasons[said];
  return said;
}

const isReason = (text: string): text is RejectReason => rejectReasons.some((reason) => reason === text);
const isWithholding = (text: string): text is Withholding => withholdings.some((why) => why === text);

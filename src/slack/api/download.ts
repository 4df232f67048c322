import type { WebClient } from '@slack/web-api';
import { AppError, toAppError } from '../../core/errors.ts';
import type { FileSource } from '../../core/imports/read.ts';
import type { Clock } from '../../core/ports.ts';
import { patiently } from '../../core/time/waiting.ts';
import type { FileAsked } from '../deps.ts';
import { downloadFailure, failureOfAnswer, failureOfInfo, passes, troubleOf } from './file-trouble.ts';
import { isSlackAddress, redirected, type Transport } from './transport.ts';

/** For the whole of one attempt, ms. */
export const downloadTimeoutMs = 30_000;

/** A person waits meanwhile: a few attempts within some seconds. Times in ms. */
const patience = { maxWaits: 3, maxWaitMs: 10_000 };
const firstWaitMs = 1_000;

interface DownloadSettings {
  botToken: string;
  apiUrl: string;
  /** Maximum size of a list, MB (1,048,576 bytes). */
  maxMb: number;
}

interface Receiver {
  client: WebClient;
  take: Parameters<FileSource>[0];
}

/**
 * Downloads files that people upload in a modal, or share in a conversation. The bot token goes only to Slack's own
 * hosts and the host of `apiUrl`, and never through a redirect. Slack answers a missing permission with a sign-in page
 * and status 200, so the content type is checked as well. What passes by itself is tried again for some seconds.
 */
export function createDownload(settings: DownloadSettings, open: ReturnType<Transport['open']>, clock: Clock) {
  const maxBytes = settings.maxMb * 1024 * 1024;
  const tooLarge = (message: string): AppError =>
    new AppError('file_too_large', message, { details: { limit: settings.maxMb } });

  /** The source throws `AppError`: `file_download_failed` with its trouble, `file_too_large`, `not_yours`. */
  return function download(asked: FileAsked, client: WebClient): FileSource {
    return async (take) => {
      let attempts = 0;
      const failure = await patiently(
        clock,
        patience,
        async () => {
          if (attempts > 0) await take(null);
          return once(asked, { client, take }).then(() => null, toAppError);
        },
        (failed) => {
          if (failed === null || !passes(failed)) return null;
          attempts += 1;
          return failed.details.retryAfterMs ?? firstWaitMs * 2 ** (attempts - 1);
        },
      );
      if (failure !== null) throw failure;
    };
  };

  async function once({ id, person, shown }: FileAsked, { client, take }: Receiver): Promise<void> {
    const { file } = await client.files.info({ file: id }).catch((error: unknown) => {
      throw failureOfInfo(error);
    });
    const trouble = troubleOf(file ?? {});
    if (trouble !== null) throw downloadFailure(trouble, `the file is ${trouble}`);
    // An id is all a form gives back: the file behind it may be one that this person cannot even see.
    if (!shown && file?.user !== person) throw new AppError('not_yours', 'another person uploaded this file');
    const url = file?.url_private_download ?? file?.url_private ?? '';
    const size = file?.size ?? 0;
    if (size > maxBytes) throw tooLarge(`the file has ${size} bytes`);
    if (url === '') throw downloadFailure('not_ready', 'the file has no address yet');
    if (!URL.canParse(url) || !isSlackAddress(new URL(url), settings.apiUrl)) {
      throw downloadFailure(null, 'the file is not on a Slack host');
    }
    try {
      await fetchFrom(url, { page: file?.mimetype === 'text/html', take });
    } catch (error) {
      if (error instanceof AppError) throw error;
      // fetch reports a refused redirect or a broken connection in its cause.
      const { message, cause } = error instanceof Error ? error : new Error('no answer');
      const reason = cause instanceof Error ? `${message}: ${cause.message}` : message;
      throw downloadFailure(message === redirected ? null : 'busy', reason);
    }
  }

  /** @param page the file itself is a web page, which is no sign-in page. */
  async function fetchFrom(url: string, { page, take }: { page: boolean } & Pick<Receiver, 'take'>): Promise<void> {
    const { status, headers, body } = await open(url, {
      headers: { authorization: `Bearer ${settings.botToken}` },
    });
    const type = (headers.get('content-type') ?? '').toLowerCase();
    if (status !== 200 || (type.startsWith('text/html') && !page)) {
      body.on('error', () => {}).destroy();
      throw failureOfAnswer(status, type);
    }
    let length = 0;
    for await (const part of body) {
      length += part.byteLength;
      if (length > maxBytes) throw tooLarge('the file is larger than announced');
      await take(part);
    }
  }
}

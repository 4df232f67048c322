import type { WebClient } from '@slack/web-api';
import { AppError } from '../../core/errors.ts';
import { toSlackFailure } from './errors.ts';
import { isSlackAddress, type Transport } from './transport.ts';

/** For the whole of a download, ms. */
export const downloadTimeoutMs = 30_000;

interface DownloadSettings {
  botToken: string;
  apiUrl: string;
  /** Maximum size of a list, MB (1,048,576 bytes). */
  maxMb: number;
}

/**
 * Downloads files that people upload in a modal. The bot token goes only to Slack's own hosts and the host of `apiUrl`,
 * and never through a redirect. Slack answers a missing permission with a sign-in page and status 200, so the content
 * type is checked as well.
 */
export function createDownload(settings: DownloadSettings, open: ReturnType<Transport['open']>) {
  const maxBytes = settings.maxMb * 1024 * 1024;
  const tooLarge = (message: string): AppError =>
    new AppError('file_too_large', message, { details: { limit: settings.maxMb } });

  return async function download(fileId: string, person: string, client: WebClient): Promise<Uint8Array> {
    const { file } = await client.files.info({ file: fileId }).catch((error: unknown) => {
      throw new AppError('file_download_failed', toSlackFailure(error).message);
    });
    // An id is all the form gives back: the file behind it may be one that this person cannot even see.
    if (file?.user !== person) throw new AppError('not_yours', 'another person uploaded this file');
    const url = file.url_private_download ?? file.url_private ?? '';
    const size = file.size ?? 0;
    if (size > maxBytes) throw tooLarge(`the file has ${size} bytes`);
    if (!URL.canParse(url) || !isSlackAddress(new URL(url), settings.apiUrl)) {
      throw new AppError('file_download_failed', 'the file is not on a Slack host');
    }
    try {
      return await bytesOf(url);
    } catch (error) {
      if (error instanceof AppError) throw error;
      // fetch reports a refused redirect or a broken connection in its cause.
      const { message, cause } = error instanceof Error ? error : new Error('no answer');
      const reason = cause instanceof Error ? `${message}: ${cause.message}` : message;
      throw new AppError('file_download_failed', reason);
    }
  };

  async function bytesOf(url: string): Promise<Uint8Array> {
    const { status, headers, body } = await open(url, {
      headers: { authorization: `Bearer ${settings.botToken}` },
    });
    const type = (headers.get('content-type') ?? '').toLowerCase();
    if (status !== 200 || type.startsWith('text/html')) {
      body.on('error', () => {}).destroy();
      throw new AppError('file_download_failed', `Slack responded with ${status} ${type}`, {
        details: { status },
      });
    }
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const part of body) {
      length += part.byteLength;
      if (length > maxBytes) throw tooLarge('the file is larger than announced');
      parts.push(part);
    }
    return Buffer.concat(parts);
  }
}

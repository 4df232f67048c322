import { z } from 'zod';
import { toAppError } from '../../core/errors.ts';
import { writeRequest } from '../bolt/private-data.ts';
import type { Register } from '../deps.ts';
import { filesIn } from '../flows/shared-files.ts';
import { importOfferMessage } from '../views/imports.ts';

/** A message with files that a person sent to the app. */
const sent = z.object({
  subtype: z.literal('file_share'),
  channel_type: z.literal('im'),
  channel: z.string(),
  user: z.string(),
  files: z.unknown().optional(),
  thread_ts: z.string().optional(),
  bot_id: z.undefined().optional(),
});

/** A file sent to the app in its direct messages gets a button that imports it. */
export const fileSent: Register = (app, deps) => {
  app.event('message', async ({ event, client, context }) => {
    const message = sent.safeParse(event);
    if (!message.success) return;
    const { channel, user, thread_ts: thread } = message.data;
    const files = filesIn(message.data.files);
    if (files.length === 0) return;
    context.taken = true;
    const t = await deps.catalogueFor(user, client);
    const offer = importOfferMessage({ files, value: writeRequest({ form: 'import', files }) }, t);
    try {
      await client.chat.postMessage({ channel, ...offer, ...(thread !== undefined && { thread_ts: thread }) });
    } catch (error) {
      deps.log.warn('an import could not be offered', { reason: toAppError(error).message });
    }
  });
};

import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Submission } from '../../core/model/submission.ts';
import type { CreateResult } from '../../core/tasks/create-once.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { writeRequest } from '../bolt/private-data.ts';
import { lostFormMessage } from '../views/answers.ts';
import { fitMessage, type MessageBody } from '../views/limits.ts';
import { named } from '../views/mrkdwn.ts';
import { createdView } from '../views/results.ts';

/** Tells a person by direct message what became of a form that was cut off by a restart. */
export async function tellCreate(
  client: WebClient,
  catalogueFor: (person: string, client: WebClient) => Promise<Catalogue>,
  { submission, result }: { submission: Submission; result: CreateResult },
): Promise<void> {
  const t = await catalogueFor(submission.person, client);
  const body = wordsFor(t, submission, result);
  if (body !== null) await client.chat.postMessage({ channel: submission.person, ...body });
}

function wordsFor(t: Catalogue, { channel, raw }: Submission, result: CreateResult): MessageBody | null {
  if (result.kind === 'created') {
    const { title, blocks } = createdView({ card: result.card, channel, already: false }, t);
    return fitMessage({ text: title.text, blocks: blocks as KnownBlock[] });
  }
  if (result.kind !== 'refused') return null;
  const value = writeRequest({ form: 'new', ...(raw === null ? {} : { typed: raw }) });
  return lostFormMessage({ text: t.work.cutOff(named(raw?.name ?? '')), value }, t);
}

import type { App, ReceiverEvent } from '@slack/bolt';

/** A delivery whose carrying out failed where nobody answers for it. */
export type Failed = (body: ReceiverEvent['body'], thrown: unknown) => void;

/** Carries one delivery out. */
export type Process = (event: ReceiverEvent) => Promise<void>;

/**
 * Around every listener and everything before them: whatever throws is handed to `failed` once and goes no further, and
 * what nobody acknowledged is acknowledged at the end, so that no person looks at Slack's "did not respond" for a
 * payload whose shape we do not know.
 */
export function rescuing(app: Pick<App, 'processEvent'>, failed: Failed, unanswered: Failed): Process {
  return async (event) => {
    let answered = false;
    const ack: ReceiverEvent['ack'] = async (answer) => {
      await event.ack(answer);
      answered = true;
    };
    try {
      await app.processEvent({ ...event, ack });
      if (!answered) unanswered(event.body, new Error('no listener takes this payload'));
    } catch (thrown) {
      failed(event.body, firstOf(thrown));
    }
    // The connection may be the very thing that failed: then Slack delivers again.
    if (!answered) await ack(emptyAnswer(event.body)).catch(() => {});
  };
}

/** Bolt collects the failures of several listeners in one. */
function firstOf(thrown: unknown): unknown {
  if (typeof thrown !== 'object' || thrown === null || !('originals' in thrown)) return thrown;
  const { originals } = thrown;
  return Array.isArray(originals) ? (originals[0] ?? thrown) : thrown;
}

/** A menu wants a list; everything else takes nothing. */
const emptyAnswer = ({ type }: ReceiverEvent['body']) => (type === 'block_suggestion' ? { options: [] } : undefined);

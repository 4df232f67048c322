import { AppError, type ErrorDetails } from '../../../src/core/errors.ts';
import type { AlertMessage } from '../../../src/core/model/alert.ts';
import type { CardData } from '../../../src/core/model/card.ts';
import type { ChannelBoard } from '../../../src/core/model/channel-board.ts';
import type { ClosedCard } from '../../../src/core/model/closed-card.ts';
import type { StopMessage } from '../../../src/core/model/emergency-stop.ts';
import type { Notice } from '../../../src/core/model/notice.ts';
import type { Digest } from '../../../src/core/model/report.ts';
import type { SubscriptionScope } from '../../../src/core/model/subscription.ts';
import type { Watch } from '../../../src/core/model/watch.ts';
import type { Messenger, Posting } from '../../../src/core/ports.ts';

interface PostedMessage {
  channel: string;
  ts: string;
  key: string;
  notice: Notice | null;
  posting?: Posting;
  card: CardData | null;
  closed?: ClosedCard;
  /** `closed`: it says that there is no board any longer. */
  board?: ChannelBoard | 'closed';
  alert?: AlertMessage;
  stop?: StopMessage;
  digest?: Digest;
  at: number;
  edits: number[];
}

type Method = keyof Messenger;

interface Fault {
  method: Method;
  channel: string | null;
  /** Only calls about that task; not known of `find` and `reportBroken`. */
  taskId: string | null;
  details: ErrorDetails;
  /** The call takes effect all the same: only its answer is lost. */
  effect: boolean;
  times: number;
}

/** A workspace in memory behind the `Messenger` port: keeps what was posted, and fails on request. */
export interface FakeSlack extends Messenger {
  messages: PostedMessage[];
  reported: {
    watch: Pick<Watch, 'owner' | 'channel'>;
    taskName: string | SubscriptionScope | { kind: 'digest' };
    chatError: string;
  }[];
  /** Every call in order: `postNotice C1`. */
  calls: string[];
  /** The next `times` (1) calls of the method, in one channel or in any, fail like that. */
  fail(
    method: Method,
    details: ErrorDetails,
    options?: Partial<Pick<Fault, 'channel' | 'taskId' | 'effect' | 'times'>>,
  ): void;
  /** Nothing fails any longer. */
  heal(): void;
  remove(ts: string): void;
  /** That person is not in that channel: a mention there notifies nobody. */
  leave(channel: string, person: string): void;
  /** The keys posted into a channel, in order. */
  keys(channel: string): string[];
}

export function createFakeSlack(now: () => number): FakeSlack {
  const messages: PostedMessage[] = [];
  const reported: FakeSlack['reported'] = [];
  const calls: string[] = [];
  const faults: Fault[] = [];
  const outside = new Set<string>();
  let serial = 0;

  const perform = async <T>(method: Method, channel: string, effect: () => T, taskId?: string): Promise<T> => {
    calls.push(`${method} ${channel}`);
    const fault = faults.find(
      (candidate) =>
        candidate.times > 0 &&
        candidate.method === method &&
        [null, channel].includes(candidate.channel) &&
        [null, taskId].includes(candidate.taskId),
    );
    if (fault === undefined) return effect();
    fault.times -= 1;
    if (fault.effect) effect();
    throw new AppError('chat_failed', `${method} failed`, { details: fault.details });
  };

  const post = (
    channel: string,
    key: string,
    {
      posting,
      ...shown
    }: { posting?: Posting } & Partial<Pick<PostedMessage, 'card' | 'board' | 'alert' | 'digest' | 'stop'>>,
  ): string => {
    serial += 1;
    const ts = `${serial}.0`;
    messages.push({
      channel,
      ts,
      key,
      notice: posting?.notice ?? null,
      ...(posting && { posting }),
      card: null,
      ...shown,
      at: now(),
      edits: [],
    });
    return ts;
  };

  const edit = (
    method: Method,
    channel: string,
    ts: string,
    shown: Partial<Pick<PostedMessage, 'card' | 'closed' | 'notice' | 'board' | 'alert'>>,
  ): Promise<void> => {
    const change = (): void => {
      const message = messages.find((candidate) => candidate.channel === channel && candidate.ts === ts);
      if (message === undefined) {
        const details = { chatError: 'message_not_found', permanent: true, concerns: 'message_gone' } as const;
        throw new AppError('chat_failed', 'message_not_found', { details });
      }
      Object.assign(message, shown);
      message.edits.push(now());
    };
    return perform(method, channel, change, shown.card?.task.id ?? shown.notice?.taskId);
  };

  return {
    messages,
    reported,
    calls,
    fail(method, details, { channel = null, taskId = null, effect = false, times = 1 } = {}) {
      faults.push({ method, channel, taskId, details, effect, times });
    },
    heal() {
      faults.splice(0);
    },
    remove(ts) {
      messages.splice(
        messages.findIndex((message) => message.ts === ts),
        1,
      );
    },
    leave(channel, person) {
      outside.add(`${channel} ${person}`);
    },
    reaches: async (channel, person) => !outside.has(`${channel} ${person}`),
    keys: (channel) => messages.filter((message) => message.channel === channel).map(({ key }) => key),

    postCard: (channel, card, key) => perform('postCard', channel, () => post(channel, key, { card }), card.task.id),
    postNotice: (channel, posting, key) =>
      perform('postNotice', channel, () => post(channel, key, { posting }), posting.notice.taskId),
    postBoard: (channel, board, key) => perform('postBoard', channel, () => post(channel, key, { board })),
    postDigest: (channel, digest, key) => perform('postDigest', channel, () => post(channel, key, { digest })),
    postStop: (channel, stop, key) => perform('postStop', channel, () => post(channel, key, { stop })),
    postAlert: (channel, alert, key) => perform('postAlert', channel, () => post(channel, key, { alert })),
    updateAlert: (channel, ts, alert) => edit('updateAlert', channel, ts, { alert }),
    updateBoard: (channel, ts, board) => edit('updateBoard', channel, ts, { board }),
    closeBoard: (channel, ts) => edit('closeBoard', channel, ts, { board: 'closed' }),
    closeCard: (channel, ts, closed) => edit('closeCard', channel, ts, { card: null, closed }),
    updateCard: (channel, ts, card) => edit('updateCard', channel, ts, { card }),
    updateNotice: (channel, ts, { notice }) => edit('updateNotice', channel, ts, { notice }),
    find: (channel, key, since) =>
      perform('find', channel, () => {
        const found = messages.find((message) => {
          return message.channel === channel && message.key === key && message.at >= since;
        });
        return found?.ts ?? null;
      }),
    async reportBroken(watch, taskName, chatError) {
      await perform('reportBroken', watch.channel, () => reported.push({ watch, taskName, chatError }));
    },
  };
}

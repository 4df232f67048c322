import { AppError, type ErrorCode, type ErrorDetails } from '../core/errors.ts';
import { maskPhonesIn } from '../core/text/phone-mask.ts';
import type { Body } from './body.ts';

/** One response of the platform. */
export interface Answer {
  status: number;
  body: Body;
  /** What `Retry-After` asked for, ms; null when absent. */
  retryAfterMs: number | null;
}

/** The content of a response that reports no error. */
export interface Envelope {
  /** `data` if present, else the whole body; undefined for an empty body. */
  payload: unknown;
  meta: unknown;
  /** The whole body, for responses that keep their value under a key of their own. */
  whole: unknown;
}

/**
 * Business codes in an envelope that mean success; the document specifies none, so these are the two in use among the
 * platform's newer interfaces. Compared as numbers; a numeric string counts.
 */
const successCodes: readonly number[] = [0, 200];
/** The platform's code for "the task is running and must be stopped first" (import, reset, deletion of numbers). */
const taskRunningCode = 6007;
const maxMessageLength = 300;
/** This much of a message is searched for numbers. Masking shortens it by less than the difference. */
const maxSearchedLength = 2_000;
const maxFields = 20;
const maxSentences = 5;

const codeOfStatus: Readonly<Record<number, ErrorCode>> = {
  401: 'platform_unauthorized',
  403: 'platform_forbidden',
  404: 'platform_not_found',
  429: 'platform_rate_limited',
};

/** `Retry-After` in ms from `now` (epoch ms): whole seconds or an HTTP date; null when absent or unreadable. */
export function readRetryAfter(header: string | null, now: number): number | null {
  const text = header?.trim() ?? '';
  if (text === '') return null;
  if (/^\d+(?:\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? null : Math.max(0, instant - now);
}

/**
 * The content of a response. The order of the checks matters: status first, then the envelope's own verdict (at the top
 * level only, since entities have a `status` too), then whether there is anything to read. An empty body is not an
 * error here: whether a value was expected is up to the caller.
 *
 * @param action the request changes the platform. Its failures say in `details.maybeSent` whether it may have taken
 *   effect all the same: a refused request has not, one with a broken response may have.
 */
export function unwrap(answer: Answer, action: boolean): Envelope {
  const { status, body } = answer;
  const value = body.kind === 'json' ? body.value : undefined;
  const fields = isRecord(value) ? value : {};
  if (status < 200 || status >= 300) throw statusError(answer, fields, action);
  if (fields.status === 'error' || isErrorCode(fields.code)) throw envelopeError(answer, fields);
  if (body.kind === 'text') {
    const details: ErrorDetails = action ? { status, maybeSent: true } : { status };
    throw new AppError('platform_malformed', `HTTP ${status}, but the body is not JSON`, { details });
  }
  return { payload: fields.data ?? value, meta: fields.meta, whole: value };
}

function statusError(answer: Answer, fields: Record<string, unknown>, action: boolean): AppError {
  const { status } = answer;
  const details = platformWords(answer, fields);
  if (status >= 500) {
    if (action) details.maybeSent = true;
    return new AppError('platform_server_error', `HTTP ${status}`, { details });
  }
  if (status < 400) return new AppError('platform_redirect', `HTTP ${status}: a redirect is not followed`, { details });
  const running = Number(fields.code) === taskRunningCode;
  const code = codeOfStatus[status] ?? (running ? 'platform_task_running' : 'platform_rejected');
  return new AppError(code, `HTTP ${status}`, { details });
}

function envelopeError(answer: Answer, fields: Record<string, unknown>): AppError {
  const business = Number(fields.code);
  const code = business === taskRunningCode ? 'platform_task_running' : (codeOfStatus[business] ?? 'platform_rejected');
  const shown = Number.isNaN(business) ? 'without a code' : `code ${business}`;
  const details = platformWords(answer, fields);
  if (Number.isSafeInteger(business)) details.businessCode = business;
  return new AppError(code, `HTTP ${answer.status} with an error envelope, ${shown}`, { details });
}

function isErrorCode(code: unknown): boolean {
  if (code === undefined || code === null) return false;
  const number = typeof code === 'string' && code.trim() === '' ? Number.NaN : Number(code);
  return !successCodes.includes(number);
}

function platformWords(answer: Answer, fields: Record<string, unknown>): ErrorDetails {
  const details: ErrorDetails = { status: answer.status };
  if (answer.retryAfterMs !== null) details.retryAfterMs = answer.retryAfterMs;
  if (typeof fields.message === 'string' && fields.message.trim() !== '') {
    details.platformMessage = readable(fields.message);
  }
  if (isRecord(fields.errors)) {
    const byField = Object.entries(fields.errors)
      .slice(0, maxFields)
      .map(([field, said]): [string, string[]] => [field.slice(0, maxMessageLength), sentencesOf(said)]);
    if (byField.length > 0) details.fields = Object.fromEntries(byField);
  }
  return details;
}

function sentencesOf(said: unknown): string[] {
  const sentences: unknown[] = Array.isArray(said) ? said.slice(0, maxSentences) : [said];
  return sentences.filter((sentence) => typeof sentence === 'string').map(readable);
}

/** The platform may quote a phone number in its refusal; errors reach chat and log, where numbers are masked. */
function readable(sentence: string): string {
  const masked = maskPhonesIn(sentence.trim().slice(0, maxSearchedLength));
  return masked.length > maxMessageLength ? `${masked.slice(0, maxMessageLength - 1)}…` : masked;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

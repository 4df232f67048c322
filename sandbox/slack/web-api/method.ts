import { z } from 'zod';
import { parseJson } from '../json.ts';
import type { Json } from '../protocol.ts';
import type { World } from '../world.ts';

/** Slack's refusal of a call: `{ ok: false, error, response_metadata: { messages } }`. */
export class SlackError extends Error {
  readonly code: string;
  readonly messages: string[];

  constructor(code: string, messages: string[] = []) {
    super(code);
    this.name = 'SlackError';
    this.code = code;
    this.messages = messages;
  }
}

export interface Method {
  /** Which of the two tokens it takes; `none` needs no token. */
  token: 'bot' | 'app' | 'none';
  call(raw: Json, world: World): Promise<Json>;
}

export type MethodTable = { [name: string]: Method };

/** A method with its arguments' schema. A missing or wrong argument is `invalid_arguments` with a JSON pointer. */
export function method<T>(
  args: z.ZodType<T>,
  run: (args: T, world: World) => Json | Promise<Json>,
  token: Method['token'] = 'bot',
): Method {
  return {
    token,
    async call(raw, world) {
      const given = Object.fromEntries(
        Object.entries(raw).filter(([, value]) => value !== null && value !== undefined),
      );
      const parsed = args.safeParse(given);
      if (!parsed.success) {
        const messages = parsed.error.issues.map(
          (issue) => `[ERROR] ${issue.message} [json-pointer:/${issue.path.join('/')}]`,
        );
        throw new SlackError('invalid_arguments', messages);
      }
      return { ok: true, ...(await run(parsed.data, world)) };
    },
  };
}

const truths = new Map<unknown, boolean>([
  ['true', true],
  ['1', true],
  [true, true],
  [1, true],
  ['false', false],
  ['0', false],
  ['', false],
  [false, false],
  [0, false],
]);

/** `true`/`false` as forms and JSON send them. */
export const flag = z.unknown().transform((value, context) => {
  const truth = truths.get(value);
  if (truth === undefined) context.addIssue({ code: 'custom', message: 'must be a boolean' });
  return truth ?? false;
});

/** An integer ≥ 0, as a number or its digits. */
export const count = z
  .union([z.number(), z.string().regex(/^\d+$/, 'must be an integer').transform(Number)])
  .pipe(z.number().int().min(0));

/** JSON, as such or (in forms) as text; text that is not JSON stays a string, which its reader refuses. */
export const json = z.unknown().transform((value) => {
  if (typeof value !== 'string') return value;
  const parsed = parseJson(value);
  return parsed === undefined ? value : parsed;
});

export const text = z.string();

/** Comma-separated words, or an array of them. */
export const words = z
  .union([z.string().transform((value) => value.split(',')), z.array(z.string())])
  .transform((list) => list.map((word) => word.trim()).filter((word) => word !== ''));

export const none = z.object({});

/** One page of a list and the cursor of the next; the cursor is opaque to callers. Throws `invalid_cursor`. */
export function page<T>(items: T[], limit: number, cursor: string | undefined): { items: T[]; next_cursor: string } {
  const decoded = cursor ? Buffer.from(cursor, 'base64').toString() : 'from:0';
  const match = /^from:(\d+)$/.exec(decoded);
  if (!match) throw new SlackError('invalid_cursor');
  const from = Number(match[1]);
  const next = from + limit;
  return {
    items: items.slice(from, next),
    next_cursor: next < items.length ? Buffer.from(`from:${next}`).toString('base64') : '',
  };
}

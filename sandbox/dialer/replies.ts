import type { Switches } from './options.ts';

/** A response before it is written. An `undefined` body is left out. */
export interface Reply {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
  /** Sent instead of JSON. */
  html?: string;
}

/** The result of a request: the response, and whether anything took effect. */
export interface Handled {
  reply: Reply;
  effect: boolean;
}

export interface Refusal {
  status: 400 | 404 | 413 | 422;
  message: string;
  /** By the platform's own field name. */
  errors?: Record<string, string[]>;
  /** The platform's business code, where it has one of its own. */
  code?: number;
}

/** A refusal in the form the switch asks for. */
export function refuse(refusal: Refusal, form: Switches['refusals']): Handled {
  const { status, message, errors, code } = refusal;
  if (form === 'envelope') {
    return {
      effect: false,
      reply: { status: 200, body: { code: code ?? status, status: 'error', message, data: [] } },
    };
  }
  const body = { ...(code === undefined ? {} : { code }), message, ...(errors === undefined ? {} : { errors }) };
  return { effect: false, reply: { status, body } };
}

/** A response that the document leaves open: the entity, a sentence, an empty envelope, or no body at all. */
export function accept(entity: unknown, message: string, form: Switches['answers']): Handled {
  const bodies = {
    entity,
    message: { message },
    envelope: { code: 200, status: 'success', message },
    empty: undefined,
  };
  return { effect: true, reply: { status: 200, body: bodies[form] } };
}

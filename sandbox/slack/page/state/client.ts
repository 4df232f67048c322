import { asJson, asString, isJson, parseJson } from '../../json.ts';
import type { FileInfo, Json, PersonAction, PersonActions, Snapshot } from '../../protocol.ts';

/** The server's response to an action: its fields if it was carried out, else a code or sentence that says why not. */
export type Answer = { ok: true; body: Json } | { ok: false; error: string };

/** The error code for "no response from the server". */
export const unreachable = 'unreachable';

/** Carries out one action of a person. Never rejects. */
export async function perform<A extends PersonAction>(action: A, body: PersonActions[A]): Promise<Answer> {
  return post(`/control/${action}`, JSON.stringify(body), 'application/json');
}

/** Uploads a person's file. Never rejects. */
export async function upload(as: string, file: File): Promise<FileInfo | null> {
  const path = `/control/upload?as=${encodeURIComponent(as)}&name=${encodeURIComponent(file.name)}`;
  const answer = await post(path, file, file.type || 'application/octet-stream');
  if (!answer.ok) return null;
  const sent = asJson(answer.body.file);
  return {
    id: asString(sent.id),
    name: asString(sent.name) || file.name,
    mimetype: asString(sent.mimetype) || file.type,
    size: typeof sent.size === 'number' ? sent.size : file.size,
    url: asString(sent.url),
  };
}

async function post(path: string, body: BodyInit, type: string): Promise<Answer> {
  try {
    const response = await fetch(path, { method: 'POST', headers: { 'content-type': type }, body });
    const answer = asJson(await response.json());
    return answer.ok === true
      ? { ok: true, body: answer }
      : { ok: false, error: asString(answer.error) || unreachable };
  } catch {
    return { ok: false, error: unreachable };
  }
}

function isSnapshot(value: unknown): value is Snapshot {
  if (!isJson(value)) return false;
  const { me, workspace, app, people, channels, views, toasts, traffic, pageControls } = value;
  return (
    [me, workspace, app].every(isJson) && [people, channels, views, toasts, traffic, pageControls].every(Array.isArray)
  );
}

interface Follower {
  snapshot: (snapshot: Snapshot) => void;
  lost: () => void;
}

/**
 * Follows what one person sees (an empty `as` lets the server choose its first person) until the returned function is
 * called. A stream that ends or cannot be opened is opened again: at once, then after 0.5 s doubling up to 5 s.
 */
export function follow(as: string, follower: Follower): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pause = 500;
  let stopped = false;
  const open = (): void => {
    source = new EventSource(`/control/events?as=${encodeURIComponent(as)}`);
    source.onmessage = (event: MessageEvent<string>) => {
      pause = 500;
      // An event cut short by a lost connection is ignored: the next snapshot is complete again.
      const frame = parseJson(event.data);
      if (isSnapshot(frame)) follower.snapshot(frame);
    };
    source.onerror = () => {
      source?.close();
      if (stopped) return;
      follower.lost();
      timer = setTimeout(open, pause);
      pause = Math.min(pause * 2, 5_000);
    };
  };
  open();
  return () => {
    stopped = true;
    clearTimeout(timer);
    source?.close();
  };
}

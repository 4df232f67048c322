import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { runCommand } from './commands.ts';
import { administer, adminVerbs } from './control-admin.ts';
import { joinOrLeave, openHome, postAsPerson, react } from './conversation.ts';
import { addFile } from './files.ts';
import { readBody, sendJson } from './http.ts';
import { closeView, runAction, runShortcut, submitView, suggest } from './interactions.ts';
import { parseJson } from './json.ts';
import { ActionError, type ActionResult } from './person-actions.ts';
import type { PersonAction, PersonActions, Snapshot, Uploaded } from './protocol.ts';
import { fileInfo, snapshotFor } from './snapshot.ts';
import type { StoredFile } from './stored.ts';
import { SlackError } from './web-api/method.ts';
import type { World } from './world.ts';

/** What people can do: one function per verb, behind the page, the typed client and `POST /control/<verb>` alike. */
export interface Control {
  do<A extends PersonAction>(action: A, body: PersonActions[A]): Promise<ActionResult>;
  snapshot(user: string): Snapshot;
  upload(user: string, name: string, bytes: Uint8Array): StoredFile;
  serve(path: string, request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Ends every open event stream. */
  close(): void;
}

const id = z.string();
const values = z.record(z.string(), z.record(z.string(), z.looseObject({})));
const container = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message'), channel: id, ts: id }),
  z.object({ type: z.literal('view'), viewId: id }),
  z.object({ type: z.literal('home') }),
]);
const place = { as: id, container, blockId: id, actionId: id };

const schemas: { [A in PersonAction]: z.ZodType<PersonActions[A]> } = {
  message: z.object({
    as: id,
    channel: id,
    text: z.string(),
    threadTs: id.exactOptional(),
    fileIds: z.array(id).exactOptional(),
  }),
  command: z.object({ as: id, channel: id, command: z.string(), text: z.string() }),
  action: z.object({ ...place, value: z.looseObject({}), values: values.exactOptional() }),
  suggest: z.object({ ...place, query: z.string() }),
  submit: z.object({ as: id, viewId: id, values }),
  close: z.object({ as: id, viewId: id, all: z.boolean().exactOptional() }),
  shortcut: z.object({ as: id, callbackId: id, channel: id.exactOptional(), ts: id.exactOptional() }),
  home: z.object({ as: id }),
  react: z.object({ as: id, channel: id, ts: id, name: z.string().min(1), remove: z.boolean().exactOptional() }),
  dm: z.object({ as: id, user: id }),
  join: z.object({ as: id, channel: id }),
  leave: z.object({ as: id, channel: id }),
  read: z.object({ as: id, channel: id }),
  dismiss: z.object({ as: id, id }),
  page_control: z.object({ id, value: z.string() }),
  reset: z.object({}),
};

/** What the control API needs of the server. */
export interface ControlHooks {
  page: () => Pick<Snapshot, 'pageControls' | 'shownTime'>;
  pageControlUsed: (id: string, value: string) => void;
  reset: () => void;
}

/** Snapshots go out at most this often, in milliseconds. */
const coalesceMs = 25;

export function createControl(world: World, hooks: ControlHooks): Control {
  const { workspace } = world;
  const streams = new Set<{ send(): void; end(): void }>();
  const verbs: { [A in PersonAction]: (input: PersonActions[A]) => ActionResult | Promise<ActionResult> } = {
    message: (input) => postAsPerson(world, input),
    command: (input) => runCommand(world, input),
    action: (input) => runAction(world, input),
    suggest: (input) => suggest(world, input),
    submit: (input) => submitView(world, input),
    close: (input) => closeView(world, input),
    shortcut: (input) => runShortcut(world, input),
    home: (input) => openHome(world, input.as),
    react: (input) => react(world, input),
    dm(input) {
      const other = workspace.users.get(input.user);
      if (!other || other.id === input.as) return { ok: false, error: 'user_not_found' };
      return { ok: true, channel: workspace.openDm([input.as, other.id]).id };
    },
    join: (input) => joinOrLeave(world, input.channel, input.as, true),
    leave: (input) => joinOrLeave(world, input.channel, input.as, false),
    read(input) {
      const channel = workspace.channels.get(input.channel);
      const last = channel?.messages.at(-1)?.ts;
      if (channel && last !== undefined && channel.readUpTo.get(input.as) !== last) {
        channel.readUpTo.set(input.as, last);
        workspace.changed();
      }
      return { ok: true };
    },
    dismiss(input) {
      const left = (workspace.toasts.get(input.as) ?? []).filter((toast) => toast.id !== input.id);
      workspace.toasts.set(input.as, left);
      workspace.changed();
      return { ok: true };
    },
    page_control(input) {
      hooks.pageControlUsed(input.id, input.value);
      workspace.changed();
      return { ok: true };
    },
    reset() {
      hooks.reset();
      return { ok: true };
    },
  };

  async function perform<A extends PersonAction>(action: A, body: unknown): Promise<ActionResult> {
    const parsed = schemas[action].safeParse(body);
    if (!parsed.success) return { ok: false, error: z.prettifyError(parsed.error) };
    const who = (parsed.data as { as?: string }).as;
    if (who !== undefined && workspace.users.get(who)?.isBot !== false) return { ok: false, error: 'user_not_found' };
    try {
      return await verbs[action](parsed.data);
    } catch (error) {
      if (error instanceof ActionError) return { ok: false, error: error.message };
      if (error instanceof SlackError) return { ok: false, error: error.code };
      throw error;
    }
  }

  function openStream(user: string, response: ServerResponse): void {
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      connection: 'keep-alive',
    });
    let timer: NodeJS.Timeout | null = null;
    const stream = {
      send() {
        timer ??= setTimeout(() => {
          timer = null;
          response.write(`data: ${JSON.stringify(snapshotFor(world, user, hooks.page()))}\n\n`);
        }, coalesceMs);
      },
      end() {
        if (timer) clearTimeout(timer);
        streams.delete(stream);
        stop();
        response.end();
      },
    };
    const stop = workspace.onChange(stream.send);
    streams.add(stream);
    response.on('close', stream.end);
    response.write(`data: ${JSON.stringify(snapshotFor(world, user, hooks.page()))}\n\n`);
  }

  function upload(user: string, name: string, bytes: Uint8Array): StoredFile {
    return addFile(workspace, { user, name, bytes, created: world.clock.now(), complete: true });
  }

  return {
    do: perform,
    snapshot: (user) => snapshotFor(world, user, hooks.page()),
    upload,
    async serve(path, request, response) {
      const url = new URL(request.url ?? '/', 'http://localhost');
      // A page that names nobody opens as the first person.
      const user = url.searchParams.get('as') || (workspace.seed.people[0]?.id ?? '');
      const known = workspace.users.get(user)?.isBot === false;
      if (path === 'events') {
        // A page that was opened without saying as whom starts as the first person.
        const first = user === '' ? [...workspace.users.values()].find((candidate) => !candidate.isBot)?.id : undefined;
        if (!known && first === undefined) return sendJson(response, { ok: false, error: 'user_not_found' }, 404);
        return openStream(first ?? user, response);
      }
      if (request.method !== 'POST') return sendJson(response, { ok: false, error: 'method_not_allowed' }, 405);
      const body = await readBody(request);
      if (path === 'upload') {
        if (!known) return sendJson(response, { ok: false, error: 'user_not_found' }, 404);
        const file = upload(user, url.searchParams.get('name') || 'file', new Uint8Array(body));
        const answer: Uploaded = { ok: true, file: fileInfo(file) };
        return sendJson(response, answer);
      }
      const admin = path.startsWith('admin/') ? path.slice('admin/'.length) : '';
      if (adminVerbs.has(admin)) {
        return sendJson(response, administer(world, admin, parseJson(body.toString('utf8')) ?? {}));
      }
      if (!Object.hasOwn(schemas, path)) return sendJson(response, { ok: false, error: 'unknown_verb' }, 404);
      return sendJson(response, await perform(path as PersonAction, parseJson(body.toString('utf8'))));
    },
    close() {
      for (const stream of [...streams]) stream.end();
    },
  };
}

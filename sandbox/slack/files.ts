import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from './http.ts';
import type { Workspace } from './state.ts';
import type { StoredFile } from './stored.ts';
import type { World } from './world.ts';

/** Files: how they are uploaded, and who can download them. */

const mimetypes: { [extension: string]: string } = {
  csv: 'text/csv',
  txt: 'text/plain',
  json: 'application/json',
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

function mimetypeOf(name: string): string {
  return mimetypes[/\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream';
}

export function addFile(
  workspace: Workspace,
  given: { user: string; name: string; title?: string; bytes: Uint8Array; created: number; complete: boolean },
): StoredFile {
  const file: StoredFile = {
    ...given,
    id: workspace.ids.id('F'),
    title: given.title ?? given.name,
    mimetype: mimetypeOf(given.name),
    secret: workspace.ids.token(),
    channels: new Set(),
    deleted: false,
  };
  workspace.files.set(file.id, file);
  return file;
}

/**
 * `GET /files-pri/<id>/…`: the URL given to the app. It requires the bot token; without it the response is the
 * sign-in page with status 200, so an app that only checks the status takes HTML for the file.
 */
export function servePrivateFile(world: World, id: string, request: IncomingMessage, response: ServerResponse): void {
  const file = world.workspace.files.get(id);
  const authorized = request.headers.authorization === `Bearer ${world.credentials.botToken}`;
  const end = world.traffic.begin({ direction: 'from-app', title: `download ${id}`, name: 'download', sent: {} });
  if (!authorized) {
    end('sign-in page');
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end('<!doctype html><title>Sign in</title><p>Sign in to see this file.</p>');
    return;
  }
  const fault = world.faults.take('download');
  if (fault?.kind === 'status') {
    end(`HTTP ${fault.status}`);
    response.writeHead(fault.status).end(fault.body ?? '');
    return;
  }
  if (!file?.complete || file.deleted) {
    end('404');
    response.writeHead(404).end();
    return;
  }
  end('ok');
  sendBytes(response, file);
}

/** `GET /files/<id>/<secret>/…`: the URL in a person's browser. */
export function servePersonFile(world: World, id: string, secret: string, response: ServerResponse): void {
  const file = world.workspace.files.get(id);
  if (!file?.complete || file.deleted || file.secret !== secret) {
    response.writeHead(404).end();
    return;
  }
  sendBytes(response, file);
}

function sendBytes(response: ServerResponse, file: StoredFile): void {
  response.writeHead(200, {
    // Never as a page of its own: an uploaded HTML file must not run in the workspace's origin.
    'content-type': file.mimetype,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    'x-content-type-options': 'nosniff',
    'content-length': file.bytes.byteLength,
  });
  response.end(file.bytes);
}

/** `POST /upload/<id>/<secret>`: the bytes of an announced upload, raw or as the first file of a form. */
export async function serveUpload(
  world: World,
  id: string,
  secret: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const file = world.workspace.files.get(id);
  const body = await readBody(request);
  if (!file || file.secret !== secret || file.complete) {
    response.writeHead(404).end('no such upload');
    return;
  }
  file.bytes = await uploadedBytes(request.headers['content-type'] ?? '', body);
  response.writeHead(200, { 'content-type': 'text/plain' }).end(`OK - ${file.bytes.byteLength}`);
}

async function uploadedBytes(contentType: string, body: Buffer): Promise<Uint8Array> {
  if (!contentType.startsWith('multipart/form-data')) return new Uint8Array(body);
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  for (const value of form.values()) {
    if (typeof value !== 'string') return new Uint8Array(await value.arrayBuffer());
  }
  return new Uint8Array();
}

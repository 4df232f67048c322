import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '../clock.ts';
import type { Ids } from '../ids.ts';
import { isJson, parseJson } from '../json.ts';
import type { Timing } from '../timing.ts';
import type { TrafficLog } from '../traffic.ts';
import { type Ack, failedAck, type Transport } from './envelope.ts';

type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled' | 'abrupt';

export interface SocketHub extends Transport {
  /** A ticket for one connection; null when ten are open already. */
  ticket(): string | null;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  connections(): number;
  /**
   * Disconnects sockets, as Slack does every few hours. `warning` only announces it; `abrupt` cuts the connection
   * without notice. `which` is one socket by its order of connection (from 0); all of them when left out.
   */
  disconnect(reason: DisconnectReason, which?: number): void;
  close(): void;
}

export interface SocketOptions {
  appId: string;
  ids: Ids;
  clock: Clock;
  timing: Pick<Timing, 'ackMs' | 'connectionMs' | 'warningMs'>;
  traffic: TrafficLog;
  changed: () => void;
}

interface Connection {
  socket: WebSocket;
  /** About to be disconnected: gets no more payloads. */
  leaving: boolean;
}

const maxConnections = 10;
const pingEveryMs = 10_000;
const leaveGraceMs = 2_000;
const closeGraceMs = 200;

/**
 * Socket Mode: payloads go to the open connections in turn. Each connection is warned, and then asked to refresh, after
 * the lifetime that Slack gives it.
 */
export function createSocketHub({ appId, ids, clock, timing, traffic, changed }: SocketOptions): SocketHub {
  const { ackMs, connectionMs, warningMs } = timing;
  const server = new WebSocketServer({ noServer: true, maxPayload: 16 * 1024 * 1024 });
  const tickets = new Set<string>();
  const pending = new Map<string, (ack: Ack) => void>();
  /** Recent envelopes, to distinguish a late acknowledgement from an invalid one. */
  const known = new Set<string>();
  let connections: Connection[] = [];
  let turn = 0;

  const pings = setInterval(() => {
    for (const { socket } of connections) if (socket.readyState === socket.OPEN) socket.ping();
  }, pingEveryMs);
  pings.unref();

  const ready = () =>
    connections.filter(({ socket, leaving }) => !leaving && socket.readyState === socket.OPEN).map((c) => c.socket);

  function receive(data: unknown): void {
    const frame = parseJson(String(data));
    const envelopeId = isJson(frame) ? frame.envelope_id : undefined;
    const odd = (outcome: string): void => {
      traffic.begin({
        direction: 'from-app',
        title: 'socket frame',
        name: 'frame',
        sent: { frame: String(data).slice(0, 2_000) },
      })(outcome);
    };
    if (!isJson(frame) || typeof envelopeId !== 'string') {
      odd('malformed');
      return;
    }
    const settle = pending.get(envelopeId);
    if (!settle) {
      odd(known.has(envelopeId) ? 'acknowledged late or twice' : 'unknown envelope_id');
      return;
    }
    pending.delete(envelopeId);
    settle({ kind: 'acked', body: frame.payload });
  }

  function dismiss(connection: Connection, reason: DisconnectReason): void {
    const { socket } = connection;
    if (reason === 'abrupt') {
      socket.terminate();
      return;
    }
    if (socket.readyState !== socket.OPEN) return;
    socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'sandbox' } }));
    if (reason === 'warning') return;
    connection.leaving = true;
    clock.after(leaveGraceMs, () => socket.close(1000));
  }

  function welcome(socket: WebSocket): void {
    const connection = { socket, leaving: false };
    connections.push(connection);
    const cancels = [
      clock.after(Math.max(0, connectionMs - warningMs), () => dismiss(connection, 'warning')),
      clock.after(connectionMs, () => dismiss(connection, 'refresh_requested')),
    ];
    socket.on('message', receive);
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      for (const cancel of cancels) cancel();
      connections = connections.filter((other) => other !== connection);
      changed();
    });
    const hello = {
      type: 'hello',
      num_connections: connections.length,
      debug_info: { host: 'sandbox', build_number: 1, approximate_connection_time: Math.round(connectionMs / 1_000) },
      connection_info: { app_id: appId },
    };
    socket.send(JSON.stringify(hello));
    changed();
  }

  return {
    connected: () => ready().length > 0,
    connections: () => connections.length,
    ticket() {
      if (connections.length >= maxConnections) return null;
      const ticket = ids.token();
      tickets.add(ticket);
      return ticket;
    },
    upgrade(request, socket, head) {
      const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
      if (!tickets.delete(ticket)) {
        socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, welcome);
    },
    send(envelope, retry, twice) {
      const sockets = ready();
      const envelopeId = globalThis.crypto.randomUUID();
      const frame = JSON.stringify({
        envelope_id: envelopeId,
        type: envelope.kind,
        accepts_response_payload: envelope.acceptsResponse,
        payload: envelope.payload,
        ...(retry === null ? {} : { retry_attempt: retry.num, retry_reason: retry.reason }),
      });
      turn += 1;
      const socket = sockets[turn % Math.max(1, sockets.length)];
      if (!socket) {
        return Promise.resolve(failedAck('dispatch_failed', 'connection_failed', 'no socket is connected'));
      }
      if (known.size > 1_000) known.clear();
      known.add(envelopeId);
      return new Promise<Ack>((resolve) => {
        const cancelDeadline = clock.after(ackMs, () => {
          pending.delete(envelopeId);
          resolve(failedAck('operation_timeout', 'http_timeout', `not acknowledged within ${ackMs} ms`));
        });
        pending.set(envelopeId, (ack) => {
          cancelDeadline();
          resolve(ack);
        });
        socket.send(frame);
        if (twice) socket.send(frame);
      });
    },
    disconnect(reason, which) {
      for (const connection of which === undefined ? connections : connections.slice(which, which + 1)) {
        dismiss(connection, reason);
      }
      changed();
    },
    close() {
      clearInterval(pings);
      for (const settle of pending.values()) settle(failedAck('dispatch_failed', 'connection_failed', 'closed'));
      pending.clear();
      for (const { socket } of connections) {
        socket.close(1000);
        setTimeout(() => socket.terminate(), closeGraceMs).unref();
      }
      server.close();
    },
  };
}

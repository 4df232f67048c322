import { ChildProcess } from 'node:child_process';
import { Server, Socket } from 'node:net';
import { afterAll, beforeAll } from '@jest/globals';

/**
 * Holds unit tests to what they are: they open no socket, start no process and wait for nothing. Loaded for the project
 * `unit` alone; what belongs to the process is restored after each file, because other projects share the worker.
 */

/** A timer this short is a turn of the event loop, not a wait, ms. */
const turnMs = 20;

function refuse(what: string): () => never {
  return () => {
    throw new Error(`a unit test ${what}; it belongs in test/integration`);
  };
}

const guarded: [prototype: object, method: string, what: string][] = [
  [Socket.prototype, 'connect', 'opens a socket'],
  [Server.prototype, 'listen', 'opens a socket'],
  [ChildProcess.prototype, 'spawn', 'starts a process'],
];
const originals = guarded.map(([prototype, method]) => Reflect.get(prototype, method));
const realTimeout = globalThis.setTimeout;

beforeAll(() => {
  for (const [prototype, method, what] of guarded) Reflect.set(prototype, method, refuse(what));
  globalThis.setTimeout = Object.assign((...[act, ms, ...rest]: Parameters<typeof realTimeout>) => {
    if ((ms ?? 0) > turnMs) refuse(`waits for ${ms} ms`)();
    return realTimeout(act, ms, ...rest);
  }, realTimeout);
});

afterAll(() => {
  for (const [index, [prototype, method]] of guarded.entries()) Reflect.set(prototype, method, originals[index]);
  globalThis.setTimeout = realTimeout;
});

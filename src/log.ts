import type { Logger, LogLevel } from '@slack/bolt';
import type { Log } from './core/ports.ts';
import { maskPhonesIn } from './core/text/phone-mask.ts';
import { cleaned } from './core/text/printable.ts';

const levels = ['debug', 'info', 'warn', 'error'] as const;
type Level = (typeof levels)[number];

/** How deep nested values are written. */
const maxDepth = 3;

const secretKey = /token|secret|authorization|password|cookie/i;

/** Longer texts are cut: a body that is not what it should be may stand in a message. */
const maxTextLength = 2_000;

/** The user name and password in an address. */
const credentials = /:\/\/[^\s/@]+@/g;

/**
 * Free text without any of the secrets, without credentials in addresses, with phone numbers masked, and without
 * characters that would steer a terminal.
 * @param secrets texts that must never appear (tokens, passwords); short ones are ignored
 */
export function createMask(secrets: readonly string[]): (text: string) => string {
  // Longest first: one secret may be part of another.
  const hidden = secrets.filter((secret) => secret.length >= 6).sort((a, b) => b.length - a.length);
  return (text) => {
    const known = hidden.reduce((kept, secret) => kept.replaceAll(secret, '***'), cleaned(text));
    return maskPhonesIn(known.replace(credentials, '://***@'));
  };
}

/**
 * The only logger: one line of JSON per event. Values of keys that name a secret, every known secret wherever it
 * appears, and everything that looks like a phone number are masked before the line is written.
 * @param secrets texts that must never appear (tokens, passwords); short ones are ignored
 */
export function createLog(level: Level, write: (line: string) => void, secrets: readonly string[] = []): Log {
  const mask = createMask(secrets);
  const clean = (text: string): string => {
    const masked = mask(text);
    return masked.length > maxTextLength ? `${masked.slice(0, maxTextLength)}…` : masked;
  };
  const cleanValue = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return clean(value);
    if (typeof value === 'bigint') return clean(String(value));
    if (typeof value === 'number') {
      const masked = clean(String(value));
      return masked === String(value) ? value : masked;
    }
    if (typeof value !== 'object' || value === null) return value;
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
    if (depth > maxDepth) return '…';
    if (value instanceof Error) {
      const cause = value.cause === undefined ? {} : { cause: cleanValue(value.cause, depth + 1) };
      return { name: value.name, message: clean(value.message), ...cause };
    }
    if (Array.isArray(value)) return value.slice(0, 50).map((item) => cleanValue(item, depth + 1));
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        clean(key),
        secretKey.test(key) ? '***' : cleanValue(item, depth + 1),
      ]),
    );
  };
  const at =
    (lineLevel: Level) =>
    (message: string, fields: Record<string, unknown> = {}): void => {
      if (levels.indexOf(lineLevel) < levels.indexOf(level)) return;
      const head = { time: new Date().toISOString(), level: lineLevel, message: clean(message) };
      // The head twice: it comes first, and no field of the same name can replace it.
      write(JSON.stringify({ ...head, ...(cleanValue(fields, 0) as object), ...head }));
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/**
 * Bolt's logger on top of ours. Bolt's debug level prints whole payloads, including phone numbers, so it is never
 * enabled.
 */
export function boltLogger(log: Log): Logger {
  return loggerWith(log.debug, log.warn, log.error);
}

/** For clients whose failures are thrown, and logged where they are caught: what they say of them is for a close look. */
export function clientLogger(log: Log): Logger {
  return loggerWith(log.debug, log.debug, log.debug);
}

function loggerWith(info: Log['info'], warn: Log['warn'], error: Log['error']): Logger {
  const words = (parts: unknown[]): string =>
    parts
      .map((part) => (part instanceof Error ? part.message : typeof part === 'string' ? part : ''))
      .join(' ')
      .trim();
  return {
    debug: () => {},
    info: (...parts) => info(words(parts), { from: 'bolt' }),
    warn: (...parts) => warn(words(parts), { from: 'bolt' }),
    error: (...parts) => error(words(parts), { from: 'bolt' }),
    setLevel: () => {},
    getLevel: () => 'info' as LogLevel,
    setName: () => {},
  };
}

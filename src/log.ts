import type { Logger, LogLevel } from '@slack/bolt';
import { maskPhonesIn } from './core/phone-mask.ts';
import type { Log } from './core/ports.ts';

const levels = ['debug', 'info', 'warn', 'error'] as const;
type Level = (typeof levels)[number];

const secretKey = /token|secret|authorization|password|cookie/i;

/**
 * The one logger: a line of JSON per event. Values of keys that name a secret, every known secret wherever it stands,
 * and everything that looks like a phone number are masked before the line is written.
 * @param secrets texts that must never appear (tokens, passwords); short ones are ignored
 */
export function createLog(level: Level, write: (line: string) => void, secrets: readonly string[] = []): Log {
  const hidden = secrets.filter((secret) => secret.length >= 6);
  const clean = (text: string): string =>
    maskPhonesIn(hidden.reduce((kept, secret) => kept.replaceAll(secret, '***'), text));
  const cleanValue = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return clean(value);
    if (value instanceof Error) return { name: value.name, message: clean(value.message) };
    if (Array.isArray(value)) return depth > 3 ? '…' : value.slice(0, 50).map((item) => cleanValue(item, depth + 1));
    if (typeof value === 'object' && value !== null) {
      if (depth > 3) return '…';
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, secretKey.test(key) ? '***' : cleanValue(item, depth + 1)]),
      );
    }
    return value;
  };
  const at =
    (lineLevel: Level) =>
    (message: string, fields: Record<string, unknown> = {}): void => {
      if (levels.indexOf(lineLevel) < levels.indexOf(level)) return;
      const line = {
        time: new Date().toISOString(),
        level: lineLevel,
        message: clean(message),
        ...(cleanValue(fields, 0) as object),
      };
      write(JSON.stringify(line));
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/**
 * Bolt's logger over ours. Bolt's debug level prints whole payloads, phone numbers and all, so it is never passed on.
 */
export function boltLogger(log: Log): Logger {
  const words = (parts: unknown[]): string =>
    parts
      .map((part) => (part instanceof Error ? part.message : typeof part === 'string' ? part : ''))
      .join(' ')
      .trim();
  return {
    debug: () => {},
    info: (...parts) => log.debug(words(parts), { from: 'bolt' }),
    warn: (...parts) => log.warn(words(parts), { from: 'bolt' }),
    error: (...parts) => log.error(words(parts), { from: 'bolt' }),
    setLevel: () => {},
    getLevel: () => 'info' as LogLevel,
    setName: () => {},
  };
}

import { describe, expect, test } from '@jest/globals';
import { passwordsIn } from '../../../src/settings/addresses.ts';
import {
  databaseAddressFault,
  databaseAddressHint,
  isUnencryptedDatabase,
  withFixedSslMode,
} from '../../../src/settings/database-address.ts';

describe('a special character in the password', () => {
  test.each(['#', '/', '?'])('%s ends the host: refused, with what to write', (sign) => {
    for (const password of [`pa${sign}55word`, `12${sign}34word`, `p@${sign}word`, `${sign}12345`]) {
      const address = `postgres://bot:${password}@db.example.com:5432/calls`;
      const fault = databaseAddressFault(address);
      // A question mark behind an @ may begin parameters.
      if (sign === '?' && password.startsWith('p@')) continue;
      expect([address, fault]).toEqual([address, expect.stringContaining(`write it as ${encodeURIComponent(sign)}`)]);
      expect(fault).not.toMatch(/55word|34word|@word|12345/);
      expect(passwordsIn(address)).toContain(password);
      expect(databaseAddressFault(address.replace(password, encodeURIComponent(password)))).toBeNull();
    }
  });

  test.each([
    ['@', 'p@ss', '%40'],
    ['%', '50%off', '%25'],
  ])('%s works here, but not with pg_dump: a hint', (_sign, password, encoded) => {
    const address = `postgres://bot:${password}@host/db`;
    expect(databaseAddressFault(address)).toBeNull();
    expect(databaseAddressHint(address)).toContain(`write it as ${encoded}`);
    expect(databaseAddressHint(`postgres://bot:${encodeURIComponent(password)}@host/db`)).toBeNull();
  });

  test('what .env leaves of a value with # is pointed out', () => {
    expect(databaseAddressHint('postgres://bot:12')).toMatch(/what follows a # is a comment/);
    expect(databaseAddressHint('postgres://host/db')).toBeNull();
  });

  test('an escape that encodes nothing', () => {
    expect(databaseAddressFault('postgres://bot:p%ffword@host/db')).toMatch(/write it as %25/);
  });

  test('none, in addresses of every form', () => {
    for (const address of [
      'postgres://host/db',
      'postgresql://u:p@host:5432/db?application_name=a@b&sslmode=verify-full',
      'postgres:///db?host=/var/run/postgresql',
      'postgres://u:p@[::1]:5432/db',
    ]) {
      expect([address, databaseAddressFault(address), databaseAddressHint(address)]).toEqual([address, null, null]);
    }
    expect(databaseAddressFault('postgres://u:p@host:port/db')).toMatch(/form postgres:\/\/host:port\/database/);
  });
});

describe('sslmode', () => {
  test('one that does not exist is refused', () => {
    expect(databaseAddressFault('postgres://u:p@h/db?sslmode=on')).toMatch(/use verify-full/);
    for (const mode of ['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'])
      expect(databaseAddressFault(`postgres://u:p@h/db?sslmode=${mode}`)).toBeNull();
  });

  test('those that pg takes for verify-full are written as that', () => {
    const address = (mode: string) => `postgres://u:p@h/db?a=1&sslmode=${mode}&b=2`;
    for (const mode of ['prefer', 'require', 'verify-ca'])
      expect(withFixedSslMode(address(mode))).toBe(address('verify-full'));
    for (const mode of ['disable', 'no-verify', 'verify-full'])
      expect(withFixedSslMode(address(mode))).toBe(address(mode));
    const compatible = `${address('require')}&uselibpqcompat=true`;
    expect(withFixedSslMode(compatible)).toBe(compatible);
  });

  test('its absence is pointed out where a network lies between', () => {
    const unencrypted = [
      'postgres://u:p@db.example.com/x',
      'postgres://u:p@10.0.0.7/x?sslmode=disable',
      'postgres://db.example.com/x?ssl=false',
      'postgres://u:p@[2001:db8::7]/x',
    ];
    expect(unencrypted.filter((address) => !isUnencryptedDatabase(address))).toEqual([]);
    const fine = [
      'postgres://u:p@127.0.0.1/x',
      'postgres://u:p@[::1]/x',
      'postgres://u:p@localhost/x',
      'postgres://u:p@postgres:5432/x',
      'postgres:///x?host=/run/postgresql',
      'postgres://u:p@db.example.com/x?sslmode=require',
      'not an address',
    ];
    expect(fine.filter(isUnencryptedDatabase)).toEqual([]);
  });
});

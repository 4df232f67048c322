import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dialdeck-dependencies-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function check(args: string[], input = ''): { said: string; status: number | null } {
  const { stdout, status } = spawnSync(process.execPath, ['.ci/dependencies.mjs', ...args], {
    input,
    encoding: 'utf8',
  });
  return { said: stdout, status };
}

/** A project with these packages: what the lock file says of each, and its own package.json where it is installed. */
function project(packages: Record<string, { lock: object; own?: object }>): void {
  const entries = Object.entries(packages).map(([name, { lock, own }]) => {
    const path = `node_modules/${name}`;
    if (own !== undefined) {
      mkdirSync(join(folder, path), { recursive: true });
      writeFileSync(join(folder, path, 'package.json'), JSON.stringify(own));
    }
    return [path, { version: '1.0.0', ...lock }];
  });
  const lock = { packages: Object.fromEntries([['', { name: 'project' }], ...entries]) };
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
}

describe('licenses', () => {
  test.each(['MIT', '(MIT OR CC0-1.0)', 'GPL-3.0-only OR ISC', 'Apache-2.0 AND MIT', '(GPL-3.0-only OR MIT) AND ISC'])(
    '%s may be shipped',
    (license) => {
      project({ a: { lock: {}, own: { license } } });
      expect(check(['licenses', folder])).toMatchObject({ status: 0, said: expect.stringMatching(/^1 packages/) });
    },
  );

  test.each([
    'GPL-3.0-only',
    'MIT AND AGPL-3.0-only',
    '(MIT OR ISC) AND SSPL-1.0',
    'UNLICENSED',
    'SEE LICENSE IN X',
    '',
  ])('%j may not', (license) => {
    project({ '@scope/a': { lock: {}, own: { license } }, b: { lock: {}, own: { license: 'MIT' } } });
    const { said, status } = check(['licenses', folder]);
    expect([status, said]).toEqual([1, expect.stringContaining('@scope/a@1.0.0 is licensed')]);
    expect(said).not.toContain('b@1.0.0');
  });

  test('forms of old packages, packages for other platforms, and what only development needs', () => {
    project({
      old: { lock: {}, own: { licenses: [{ type: 'GPL-2.0' }, { type: 'MIT' }] } },
      object: { lock: {}, own: { license: { type: 'ISC' } } },
      elsewhere: { lock: { license: 'Apache-2.0', optional: true } },
      tool: { lock: { dev: true, license: 'GPL-3.0-only' } },
    });
    expect(check(['licenses', folder])).toEqual({ status: 0, said: expect.stringMatching(/^3 packages/) });
  });

  test('nothing to check is a failure', () => {
    project({});
    expect(check(['licenses', folder]).status).toBe(1);
  });
});

describe('known vulnerabilities', () => {
  const report = (severity: string) =>
    JSON.stringify({
      vulnerabilities: { a: { name: 'a', severity, range: '<2', via: [{ title: 'Bad', url: 'https://x' }] } },
    });

  test.each(['high', 'critical'])('one of level %s fails and is named', (severity) => {
    expect(check(['advisories'], report(severity))).toEqual({ status: 1, said: `a <2 (${severity}): Bad https://x\n` });
  });

  test('one of a lower level, and none, pass', () => {
    expect(check(['advisories'], report('moderate')).status).toBe(0);
    expect(check(['advisories'], '{"vulnerabilities":{}}').status).toBe(0);
  });

  test.each(['', 'no JSON', '{"message":"405 Method Not Allowed","error":{}}'])(
    'an answer without a report (%j) says that nothing was checked',
    (answer) => {
      expect(check(['advisories'], answer)).toMatchObject({ status: 0, said: expect.stringMatching(/^NOT CHECKED/) });
    },
  );
});

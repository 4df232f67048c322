import { existsSync, statfsSync } from 'node:fs';

/**
 * A store waits until the disk has what it was given, thousands of times in these tests. Where memory can hold files,
 * and enough of them, they are there.
 */
const memory = '/dev/shm';
const enough = 2 ** 30;
if (existsSync(memory) && roomIn(memory) > enough) process.env.TMPDIR ??= memory;

/** In bytes. */
function roomIn(folder) {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** @type {import('jest').Config} */
const shared = {
  testEnvironment: '<rootDir>/jest-environment.config.js',
  // zod brings its messages in sixty languages, of which nothing here shows one; every test file would load them.
  moduleNameMapper: { '^\\.\\./locales/index\\.js$': 'zod/v4/locales/en.js' },
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', tsx: true },
          target: 'es2022',
          transform: { react: { runtime: 'automatic' } },
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
};

/** The tests under `test/<name>`. */
const project = (name, more = {}) => ({
  ...shared,
  displayName: name,
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  ...more,
});

/** @type {import('jest').Config} */
const config = {
  projects: [
    project('unit', { setupFilesAfterEnv: ['<rootDir>/test/support/unit-guard.ts'] }),
    project('integration', { globalSetup: '<rootDir>/jest-build.config.js' }),
    project('e2e', { globalSetup: '<rootDir>/jest-build.config.js' }),
    project('stress', { globalSetup: '<rootDir>/jest-build.config.js' }),
    project('browser'),
    project('release', { globalSetup: '<rootDir>/jest-release.config.js' }),
  ],
  // For what hangs, and not for what is slow: of a test that takes seconds, a busy machine makes a minute.
  testTimeout: 180_000,
  // Most of the time a test waits for a deadline or a browser, so there is room for several workers more than cores; a
  // PostgreSQL that takes part needs some of it.
  maxWorkers: process.env.TEST_DATABASE_URL === undefined ? 6 : 4,
  testSequencer: '<rootDir>/jest-order.config.js',
};

export default config;

/** @type {import('jest').Config} */
const shared = {
  testEnvironment: 'node',
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
    project('integration'),
    project('e2e'),
    project('browser'),
  ],
  testTimeout: 20_000,
  // Most of the time a test waits for a deadline or a browser, so there is room for two workers more than cores.
  maxWorkers: 4,
  testSequencer: '<rootDir>/jest-order.config.js',
};

export default config;

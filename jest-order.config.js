/** What takes longest begins first, so that no worker is left alone with it at the end. */
const longest = [
  'test/release/years',
  'test/release/',
  'test/stress/killed',
  'test/stress/',
  'test/e2e/alerts',
  'test/e2e/silent-store',
  'test/e2e/followed-up',
  'test/integration/program',
  'test/browser/demo/',
  'test/integration/main',
  'test/browser/',
  'test/e2e/slow-platform',
  'test/e2e/',
  'test/integration/store/',
  'test/integration/',
  'slack/views/every-view',
  'test/unit/core/',
];

const rank = ({ path }) => {
  const found = longest.findIndex((part) => path.includes(part));
  return found === -1 ? longest.length : found;
};

/** Jest's interface of a test sequencer. */
export default class LongestFirst {
  sort(tests) {
    return [...tests].sort((a, b) => rank(a) - rank(b) || a.path.localeCompare(b.path));
  }

  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {}
}

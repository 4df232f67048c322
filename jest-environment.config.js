import { AsyncLocalStorage } from 'node:async_hooks';
import { TestEnvironment } from 'jest-environment-node';

/**
 * Jest opens an `AsyncLocalStorage` for each test file and leaves it open. Up to Node 22 every promise of a worker then
 * passes through all that it has opened, so the hundredth file takes several times as long as the first.
 */
const opened = new Set();
const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function (...call) {
  opened.add(this);
  return run.apply(this, call);
};

/** Jest's environment for Node, which closes them after each file. */
export default class ClosingEnvironment extends TestEnvironment {
  async teardown() {
    await super.teardown();
    for (const storage of opened) storage.disable();
    opened.clear();
  }
}

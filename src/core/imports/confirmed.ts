import { toAppError } from '../errors.ts';
import { isOutage, outlasting, type Waiting } from './outage.ts';
import type { Imports } from './ports.ts';

/**
 * Confirms a preview; false when it was confirmed or discarded before. When the store fails, what it has in the end
 * decides: then the run goes on by itself, or it can be confirmed again.
 */
export async function isConfirmed(
  waiting: Waiting & { store: Pick<Imports, 'moveImport' | 'importRun'> },
  as: 'running' | 'awaiting',
): Promise<boolean> {
  const { store, run } = waiting;
  try {
    return await store.moveImport(run.id, 'preview', as);
  } catch (thrown) {
    if (!isOutage(toAppError(thrown))) throw thrown;
    if ((await outlasting(waiting, () => store.importRun(run.id)))?.state !== as) throw thrown;
    return true;
  }
}

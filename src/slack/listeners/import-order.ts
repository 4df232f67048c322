import { onAction } from '../bolt/listen.ts';
import type { Register } from '../deps.ts';
import { orderImport } from '../flows/order-import.ts';
import { actionIds } from '../ids.ts';

/** *Import and start*, or *Pause, import, start*, on the preview of an import. */
export const importOrder: Register = (app, deps) =>
  onAction(app, deps, actionIds.orderImport, async (interaction, { value, body: { view } }) => {
    if (view !== undefined) await orderImport(deps, interaction, { preview: view, value });
  });

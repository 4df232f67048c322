import { quietHours, quietWindows } from '../core/model/quiet-hours.ts';
import type { QuietHoursStore } from '../core/quiet/ports.ts';
import type { Db } from './db.ts';
import { fromJson, parseRows } from './rows.ts';

const row = quietHours.extend({ windows: fromJson(quietWindows) });

export function quietHoursStore(db: Db): QuietHoursStore {
  return {
    async quietHours() {
      const rows = await db.query.selectFrom('quietHours').selectAll().orderBy('groupId').execute();
      return parseRows('quiet_hours', row, rows, db.log);
    },

    async setQuietHours({ windows, ...entered }) {
      const values = { ...entered, windows: JSON.stringify(windows) };
      await db.query
        .insertInto('quietHours')
        .values(values)
        .onConflict((conflict) => conflict.column('groupId').doUpdateSet(values))
        .execute();
    },

    async forgetQuietHours(groupId) {
      await db.query.deleteFrom('quietHours').where('groupId', '=', groupId).execute();
    },
  };
}

import { readdir, stat } from 'node:fs/promises';
import { expect } from '@jest/globals';
import { moveToPostgres, rehearse, watches, watchOne } from '../../support/admin/rehearse.ts';
import { hasPostgres } from '../../support/store/own-postgres.ts';

rehearse('backup.md', {
  from: 'service',
  machine: { postgres: hasPostgres },
  needs: { PostgreSQL: hasPostgres },
  at: {
    'Make a backup': {
      async after({ place }) {
        const folder = place('/var/lib/dialdeck/backups');
        const made = await readdir(folder);
        expect(made).toHaveLength(2);
        for (const name of made) expect((await stat(`${folder}/${name}`)).mode & 0o777).toBe(0o600);
      },
    },
    'Try a backup': {
      async after({ place, services }) {
        expect(services.pid('dialdeck')).not.toBeNull();
        expect(await readdir(place('/var/lib/dialdeck'))).not.toContain('trial');
      },
    },
    PostgreSQL: {
      before: moveToPostgres,
      async after(machine) {
        expect(await watches(machine)).toEqual(['Clinic']);
      },
    },
    Restore: {
      async before(machine) {
        // Since the backup: it will be missing.
        await watchOne(machine, 'Spring');
      },
      async after(machine, shown) {
        const { place, services } = machine;
        expect(shown).toContain('Restored: ');
        expect(
          (await readdir(place('/var/lib/dialdeck'))).filter((name) => name.startsWith('before-restore-')),
        ).toHaveLength(1);
        expect(services.pid('dialdeck')).not.toBeNull();
        expect(await watches(machine)).toEqual(['Clinic']);
      },
    },
  },
});

import { cp, readdir, stat } from 'node:fs/promises';
import { expect } from '@jest/globals';
import { rehearse } from '../../support/admin/rehearse.ts';
import { hasPostgres } from '../../support/store/own-postgres.ts';

rehearse('uninstall.md', {
  from: 'service',
  machine: { postgres: hasPostgres },
  at: {
    'Keep what you may need': {
      async after({ place }) {
        expect((await stat(place('/var/backups/dialdeck'))).mode & 0o777).toBe(0o700);
        expect(await readdir(place('/var/backups/dialdeck'))).toHaveLength(1);
      },
    },
    'End the tokens': {
      async after({ services }, shown) {
        expect(shown).toContain('"revoked":true');
        expect(services.pid('dialdeck')).toBeNull();
      },
    },
    'Delete it': {
      async after({ place }) {
        for (const folder of ['/opt', '/var/lib', '/usr/local/bin', '/etc/systemd/system'])
          expect(await readdir(place(folder))).toEqual([]);
        expect(await readdir(place('/etc'))).not.toContain('dialdeck');
      },
    },
    'The database': {
      async before({ type }) {
        // The folder that the terminal was in is gone.
        await type('cd ~; sudo -u postgres createuser dialdeck; sudo -u postgres createdb --owner=dialdeck dialdeck');
      },
    },
    'A container': {
      async before({ type, place }) {
        await cp('compose.yaml', place('/srv/checkout/compose.yaml'));
        await type('cd /srv/checkout; echo POSTGRES_PASSWORD=abc123 > .env');
      },
    },
  },
  needs: { 'The database': hasPostgres },
});

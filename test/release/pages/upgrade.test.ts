import { cp, readlink } from 'node:fs/promises';
import { expect } from '@jest/globals';
import { putNextArchive } from '../../support/admin/archive.ts';
import { neededSettings, rehearse, watches } from '../../support/admin/rehearse.ts';

rehearse('upgrade.md', {
  from: 'service',
  at: {
    'Unpack the new version': {
      async before({ place }) {
        await putNextArchive(place('/home/admin'));
      },
      async after({ place }, shown) {
        expect(shown).toContain('Ready: dialdeck start');
        expect(await readlink(place('/opt/dialdeck/current'))).toBe('0.1.0');
      },
    },
    Switch: {
      async after(machine, shown) {
        expect(shown).toContain('dialdeck 0.2.0');
        expect(await watches(machine)).toEqual(['Clinic']);
      },
    },
    'Go back': {
      async after(machine, shown) {
        expect(shown).toContain('Restored: ');
        expect(machine.services.output('dialdeck').trimEnd().split('\n').at(-1)).toBeDefined();
        expect((await machine.type('sudo dialdeck version')).shown).toContain('dialdeck 0.1.0');
        expect(await watches(machine)).toEqual(['Clinic']);
      },
    },
    'In a container': {
      async before(machine) {
        const { place, services, type } = machine;
        await services.control(['stop', 'dialdeck']);
        for (const name of ['compose.yaml', 'Containerfile', '.env.example'])
          await cp(name, place(`/srv/checkout/${name}`));
        machine.willEdit(() => ({ ...neededSettings(machine), POSTGRES_PASSWORD: 'abc123' }));
        await type('cd /srv/checkout; cp .env.example .env; nano .env');
      },
      async after(machine, shown) {
        expect(shown).toContain('Ready: ');
        await machine.end();
      },
    },
  },
});

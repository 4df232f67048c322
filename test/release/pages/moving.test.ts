import { readdir } from 'node:fs/promises';
import { expect } from '@jest/globals';
import { rehearse, watches } from '../../support/admin/rehearse.ts';
import { hasPostgres } from '../../support/store/own-postgres.ts';

rehearse('moving.md', {
  from: 'service',
  machine: { postgres: hasPostgres },
  needs: {
    'From SQLite to PostgreSQL': hasPostgres,
    'From PostgreSQL to SQLite': hasPostgres,
    'Undo a move': hasPostgres,
  },
  at: {
    'From SQLite to PostgreSQL': {
      input: 'password\npassword\n',
      edits: [({ database }) => ({ DATABASE_URL: database })],
      async after(machine, shown) {
        expect(shown).toContain('Moved, and counted on both sides: ');
        expect(await watches(machine)).toEqual(['Clinic']);
      },
    },
    'From PostgreSQL to SQLite': {
      edits: [() => ({ DATABASE_URL: null })],
      async after(machine, shown) {
        expect(shown).toContain('Moved, and counted on both sides: ');
        expect(await readdir(machine.place('/var/lib/dialdeck'))).toEqual(
          expect.arrayContaining(['before-move.db', 'dialdeck.db']),
        );
        expect(await watches(machine)).toEqual(['Clinic']);
      },
    },
    'Undo a move': {
      edits: [({ database }) => ({ DATABASE_URL: database })],
      async after(machine, shown) {
        expect(shown).toContain('announce nothing of it');
        expect(await watches(machine)).toEqual(['Clinic']);
      },
    },
    'To another machine': {
      async before(machine) {
        if (!hasPostgres) return;
        // Back to the file.
        machine.willEdit(() => ({ DATABASE_URL: null }));
        await machine.type(
          'sudo systemctl stop dialdeck; sudoedit /etc/dialdeck/dialdeck.env; sudo dialdeck settle; sudo systemctl start dialdeck',
        );
      },
      async after(machine, shown) {
        expect(shown).toContain('Restored: ');
        expect(await watches(machine)).toEqual(['Clinic']);
        expect(await readdir(machine.place('/var/lib/dialdeck'))).not.toContain('leaving');
      },
    },
  },
});

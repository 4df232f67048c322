import { expect } from '@jest/globals';
import { moveToPostgres, rehearse, watches } from '../../support/admin/rehearse.ts';
import { hasPostgres } from '../../support/store/own-postgres.ts';

rehearse('several-bots.md', {
  from: 'service',
  machine: { postgres: hasPostgres },
  needs: { 'Add a bot': hasPostgres },
  at: {
    'Add a bot': {
      before: moveToPostgres,
      async after(machine) {
        expect(await watches(machine)).toEqual(['Clinic']);
        expect(machine.slack.sockets.connections()).toBe(4);
      },
    },
  },
});

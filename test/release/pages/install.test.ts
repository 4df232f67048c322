import { cp } from 'node:fs/promises';
import { expect } from '@jest/globals';
import { neededSettings, rehearse, watchOne } from '../../support/admin/rehearse.ts';

const running = /Dialdeck is running/;
const fromSources = 'the gate runs the same in a fresh checkout before anything else (.ci/run)';

rehearse('install.md', {
  from: 'archive',
  goesOn: { 'bin/dialdeck start': running },
  notRun: { 'npm ci && npm run build': fromSources },
  at: {
    'Enter the settings': { edits: [neededSettings] },
    'Check, and start': {
      async after(machine, shown) {
        expect(shown).toContain('Ready: bin/dialdeck start');
        await watchOne(machine);
        // Its port and its socket are the service's from here on.
        await machine.end();
      },
    },
    'As a service': {
      async before({ type }) {
        await type('cd ..');
      },
      edits: [neededSettings],
      async after(machine, shown) {
        expect(shown).toContain('Dialdeck is running');
        expect(shown).not.toContain(machine.slack.botToken);
        await watchOne(machine, 'Spring');
      },
    },
    'In a container': {
      async before({ type, place, services }) {
        await services.control(['stop', 'dialdeck']);
        for (const name of ['compose.yaml', 'Containerfile', '.env.example'])
          await cp(name, place(`/srv/checkout/${name}`));
        await type('cd /srv/checkout');
      },
      edits: [neededSettings],
      async after(machine, shown) {
        expect(shown).toContain('Ready: ');
        expect(shown).toContain('Dialdeck is running');
        await machine.end();
      },
    },
    'Another name for the command': {
      async before({ services, type }) {
        await services.control(['start', 'dialdeck']);
        await type('cd ~');
      },
      edits: [() => ({ SLACK_COMMAND: '/calls' })],
      async after({ services }, shown) {
        expect(shown).toContain('"command": "/calls"');
        expect(services.pid('dialdeck')).not.toBeNull();
      },
    },
  },
});

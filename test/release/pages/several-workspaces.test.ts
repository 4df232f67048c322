import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { createDialerSandbox, type DialerSandbox } from '../../../sandbox/dialer/server.ts';
import { createSlackSandbox, type SlackSandbox } from '../../../sandbox/slack/server.ts';
import { rehearse, watches } from '../../support/admin/rehearse.ts';
import { longestMs } from '../../support/eventually.ts';

/** The second workspace, with an account of its own. */
let slack: SlackSandbox;
let dialer: DialerSandbox;
beforeAll(async () => {
  slack = await createSlackSandbox({ waitMs: longestMs });
  dialer = await createDialerSandbox({ userId: '00000000-aaaa-4bbb-8ccc-111111111111', seed: 2 });
});
afterAll(async () => {
  await slack.close();
  await dialer.close();
});

rehearse('several-workspaces.md', {
  from: 'service',
  goesOn: { 'sudo systemctl stop dialdeck': /Dialdeck is running/ },
  at: {
    'Add one': {
      edits: [
        () => ({
          SLACK_BOT_TOKEN: slack.botToken,
          SLACK_APP_TOKEN: slack.appToken,
          SLACK_API_URL: slack.apiUrl,
          DIALER_URL: dialer.url,
          DIALER_TOKEN: dialer.token,
        }),
      ],
      async after(machine) {
        const alice = slack.as('alice').in('outbound-calls');
        await alice.command('/dial list');
        await alice.expectEphemeral('tasks');
        // The first one goes on, with what it had.
        expect(await watches(machine)).toEqual(['Clinic']);
        expect(await readdir(machine.place('/var/lib'))).toEqual(['dialdeck', 'dialdeck-acme']);
      },
    },
    'Remove one': {
      async after(machine) {
        expect(machine.services.pid('dialdeck@acme')).toBeNull();
        expect(await readdir(machine.place('/var/lib'))).toEqual(['dialdeck']);
        expect(await watches(machine)).toEqual(['Clinic']);
      },
    },
    'Whose a store is': {
      async after(machine) {
        await machine.ready();
        expect(await watches(machine)).toEqual(['Clinic']);
      },
    },
  },
});

import { expect } from '@jest/globals';
import { moveToPostgres, rehearse, watches } from '../../support/admin/rehearse.ts';
import { hasPostgres } from '../../support/store/own-postgres.ts';

rehearse('secrets.md', {
  from: 'service',
  machine: { postgres: hasPostgres },
  needs: { 'Password of the database': hasPostgres },
  at: {
    'Bot token': {
      edits: [({ slack }) => ({ SLACK_BOT_TOKEN: slack.replace('botToken') })],
      async after(machine, shown) {
        expect(shown).toContain('"revoked":true');
        expect(await watches(machine)).toEqual(['Clinic']);
      },
    },
    'App-level token': {
      edits: [({ slack }) => ({ SLACK_APP_TOKEN: slack.replace('appToken') })],
      async after(machine) {
        expect(await watches(machine)).toEqual(['Clinic']);
      },
    },
    'Signing secret': {
      edits: [
        ({ slack, port }) => {
          // From here on in HTTP mode.
          slack.deliverTo(`http://127.0.0.1:${port(3000)}/slack/events`);
          return { SLACK_APP_TOKEN: null, SLACK_SIGNING_SECRET: slack.replace('signingSecret'), HOST: '127.0.0.1' };
        },
      ],
      async after(machine) {
        await machine.ready();
        expect(await watches(machine)).toEqual(['Clinic']);
      },
    },
    'Platform token': {
      edits: [({ dialer }) => ({ DIALER_TOKEN: dialer.replaceToken() })],
      async after(machine) {
        await machine.ready();
        const alice = machine.slack.as('alice').in('outbound-calls');
        await alice.command('/dial show Clinic');
        await alice.expectEphemeral('Clinic');
      },
    },
    'Key of the numbers': {
      async before({ slack }) {
        // Something that is sealed.
        const alice = slack.as('alice').in('outbound-calls');
        await alice.command('/dial dnc add 13800138000');
        await alice.expectEphemeral('do-not-call list');
      },
      edits: [
        ({ setting }) => ({
          NUMBERS_KEY: 'anothersecretofmanycharacters',
          NUMBERS_KEY_PREVIOUS: setting('NUMBERS_KEY'),
        }),
        () => ({ NUMBERS_KEY_PREVIOUS: null }),
      ],
      async after(machine, shown) {
        expect(shown).toContain('Its numbers are sealed with NUMBERS_KEY');
        await machine.ready();
        expect((await machine.type('sudo dialdeck doctor')).shown).not.toContain('NUMBERS_KEY');
      },
    },
    'Password of the database': {
      before: moveToPostgres,
      input: 'changed\nchanged\n',
      edits: [({ database }) => ({ DATABASE_URL: database?.replace(':password@', ':changed@') ?? null })],
      async after(machine) {
        await machine.ready();
        expect(await watches(machine)).toEqual(['Clinic']);
      },
    },
  },
});

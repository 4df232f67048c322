import { expect } from '@jest/globals';
import { rehearse, watches } from '../../support/admin/rehearse.ts';

rehearse('http.md', {
  from: 'service',
  at: {
    'HTTP instead of Socket Mode': {
      edits: [
        () => ({}),
        ({ slack, port }) => {
          slack.deliverTo(`http://127.0.0.1:${port(3000)}/slack/events`);
          return { SLACK_APP_TOKEN: null, SLACK_SIGNING_SECRET: slack.signingSecret, HOST: '127.0.0.1' };
        },
      ],
      async after(machine, shown) {
        expect(shown).toContain('"https://dialdeck.example.com/slack/events"');
        expect(await watches(machine)).toEqual(['Clinic']);
        expect(machine.slack.sockets.connections()).toBe(0);
      },
    },
    'Out through a proxy': {
      // This machine is always reached directly, so the stand-ins are.
      edits: [() => ({ HTTPS_PROXY: 'http://proxy.example.com:3128' })],
      async after(machine, shown) {
        expect(shown).toContain('Proxy: ');
        await machine.ready();
        expect(await watches(machine)).toEqual(['Clinic']);
      },
    },
  },
});

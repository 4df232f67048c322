import { expect } from '@jest/globals';
import { rehearse } from '../../support/admin/rehearse.ts';

rehearse('hardening.md', {
  from: 'service',
  at: {
    'On the machine': {
      async after({ place }, shown) {
        // Nothing of the program can be written by others, so nothing of it is named.
        expect(shown).not.toContain(place('/opt/dialdeck'));
        expect(shown).not.toContain('other users of this machine can open');
      },
    },
  },
});

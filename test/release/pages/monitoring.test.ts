import { rehearse } from '../../support/admin/rehearse.ts';

rehearse('monitoring.md', {
  from: 'service',
  at: {
    'What to be woken for': {
      async before({ services }) {
        await services.control(['start', 'dialdeck-backup']);
      },
    },
  },
});

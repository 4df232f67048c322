import { toAppError } from '../../core/errors.ts';
import type { Log } from '../../core/ports.ts';
import type { Charts } from '../deps.ts';
import { isChart, withoutCharts } from '../views/chart.ts';

const refusals = ['invalid_blocks', 'invalid_blocks_format', 'invalid_arguments'];

/** Remembers whether this Slack takes charts. */
export function createCharts(log: Pick<Log, 'info'>): Charts {
  let drawn = true;

  return {
    async send(body, send) {
      const plain = { ...body, blocks: withoutCharts(body.blocks) };
      if (!drawn || !body.blocks.some(isChart)) return send(plain);
      try {
        return await send(body);
      } catch (thrown) {
        const { chatError = '' } = toAppError(thrown).details;
        if (!refusals.includes(chatError)) throw thrown;
        const sent = await send(plain);
        // It was the chart.
        drawn = false;
        log.info('Slack takes no charts: reports are shown as text', { chatError });
        return sent;
      }
    },
  };
}

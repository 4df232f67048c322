import type { DialerSandbox } from '../dialer/server.ts';
import type { SlackSandbox } from '../slack/server.ts';
import type { Scenario } from './page-controls.ts';
import { callsChannel } from './workspace.ts';

/** The lead stops all calling in front of everybody, and resumes it with the next click, as far as nobody else has. */
export function everythingStops(slack: SlackSandbox, dialer: DialerSandbox): Scenario {
  const lead = slack.as('limei').in(callsChannel);
  const isStopped = (): boolean => dialer.tasks.every(({ started }) => !started);

  const resume = async (): Promise<void> => {
    await lead.command('/dial resume');
    const question = await lead.expectEphemeral(({ blocks }) => JSON.stringify(blocks).includes('stop_resume'));
    await question.press('stop_resume');
  };
  return {
    id: 'panic',
    label: () =>
      isStopped()
        ? { en: 'Li Mei resumes calling', zh: '李梅恢复外呼' }
        : { en: 'Emergency stop: Li Mei pauses all calling', zh: '急停：李梅暂停全部外呼' },
    run() {
      // Nobody waits for it: what comes of it shows on the page.
      void (isStopped() ? resume() : lead.command('/dial panic')).catch(() => undefined);
    },
  };
}

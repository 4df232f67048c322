import type { DialerSandbox } from '../dialer/server.ts';
import type { Lever } from '../slack/protocol.ts';
import type { SlackSandbox } from '../slack/server.ts';

/** How fast the platform's clock runs when the demo starts: fast enough to see a campaign end, slow enough to follow it. */
export const startSpeed = 10;

const minute = 60_000;

/** What a visitor can do to the world around Dialdeck. */
export const demoLevers: Lever[] = [
  {
    id: 'speed',
    label: { en: 'Platform clock', zh: '平台时钟' },
    kind: 'choice',
    options: [
      { value: '0', label: { en: 'Pause', zh: '暂停' } },
      { value: '1', label: { en: '1×', zh: '1×' } },
      { value: '10', label: { en: '10×', zh: '10×' } },
      { value: '60', label: { en: '60×', zh: '60×' } },
    ],
    value: String(startSpeed),
  },
  trigger('line_dies', 'A line dies', '线路故障'),
  trigger('platform_down', 'Platform down for a minute', '平台中断一分钟'),
  trigger('answer_lost', 'Answer lost', '响应丢失'),
  trigger('slack_429', 'Slack says 429', 'Slack 限流 429'),
];

function trigger(id: string, en: string, zh: string): Lever {
  return { id, label: { en, zh }, kind: 'trigger', options: [], value: null };
}

/** Connects the levers on the page with the two stand-ins. */
export function connectLevers(slack: SlackSandbox, dialer: DialerSandbox): void {
  const levers = demoLevers.map((lever) => ({ ...lever }));
  const pull = (id: string, value: string): void => {
    if (id === 'speed') {
      dialer.setSpeed(Number(value));
      const speed = levers.find((lever) => lever.id === 'speed');
      if (speed !== undefined) speed.value = value;
      slack.setLevers(levers, pull);
    } else if (id === 'line_dies') {
      const busiest = dialer.tasks
        .filter((task) => task.started)
        .sort((a, b) => b.total - b.done - (a.total - a.done))[0];
      if (busiest !== undefined) dialer.lineDies(busiest.lineId);
    } else if (id === 'platform_down') {
      dialer.platformDown(minute);
    } else if (id === 'answer_lost') {
      for (const route of ['create', 'start', 'stop', 'destroy'] as const) dialer.answerLost(route);
    } else if (id === 'slack_429') {
      for (const method of ['chat.postMessage', 'chat.update']) {
        slack.faults.next(method, { kind: 'rate_limited', retryAfter: 10 }, 3);
      }
    }
  };
  slack.setLevers(levers, pull);
}

import type { DialerSandbox } from '../dialer/server.ts';
import type { PageControl } from '../slack/protocol.ts';
import type { SlackSandbox } from '../slack/server.ts';
import { skipNight, startSpeed, timeShown } from './clock.ts';
import { createOneTime } from './one-time.ts';
import { taskOnSchedule } from './schedule-scenario.ts';
import { everythingStops } from './stop-scenario.ts';

const outageMs = 60_000;
const rateLimitSeconds = 10;
const refreshEveryMs = 500;

type Label = PageControl['label'];

/** A scenario on the page: its label says what running it does now. */
export interface Scenario {
  id: string;
  label(): Label;
  run(): void;
}

export interface PageControls {
  close(): void;
}

/** Puts the demo's controls on the page, connects them with the two stand-ins, and keeps their labels up to date. */
export function connectPageControls(slack: SlackSandbox, dialer: DialerSandbox): PageControls {
  const scenarios = [
    everythingStops(slack, dialer),
    taskOnSchedule(slack, dialer),
    lineDies(dialer),
    platformDown(dialer),
    answerLost(dialer),
    slackSays429(slack),
  ];
  const time = createOneTime(dialer.clock, (changes) => slack.setShownTime(changes));
  let shown = '';

  const show = (): void => {
    time.look();
    const controls: PageControl[] = [
      speedControl(dialer),
      ...scenarios.map(({ id, label }) => ({
        id,
        label: label(),
        kind: 'trigger' as const,
        options: [],
        value: null,
      })),
    ];
    const next = JSON.stringify(controls);
    if (next === shown) return;
    shown = next;
    slack.setPageControls(controls, use);
  };
  const use = (id: string, value: string): void => {
    if (id === 'speed') dialer.setSpeed(speeds.find((speed) => String(speed) === value) ?? startSpeed);
    else scenarios.find((scenario) => scenario.id === id)?.run();
    show();
  };

  show();
  const timer = setInterval(() => {
    skipNight(dialer.clock);
    show();
  }, refreshEveryMs);
  return { close: () => clearInterval(timer) };
}

const speeds = [0, 1, 10, 60];

function speedControl({ clock }: DialerSandbox): PageControl {
  const time = timeShown(clock);
  return {
    id: 'speed',
    label: { en: `Platform clock ${time}`, zh: `平台时钟 ${time}` },
    kind: 'choice',
    options: speeds.map((speed) => ({
      value: String(speed),
      label: speed === 0 ? { en: 'Pause', zh: '暂停' } : { en: `${speed}×`, zh: `${speed}×` },
    })),
    value: String(clock.speed()),
  };
}

/** The line of the newest task with active calls: the task the visitor has just started, if there is one. */
function lineDies(dialer: DialerSandbox): Scenario {
  let dead: { lineId: string; task: string } | null = null;
  return {
    id: 'line_dies',
    label: () =>
      dead === null
        ? { en: 'A line dies', zh: '线路故障' }
        : { en: `Repair the line of “${dead.task}”`, zh: `修复“${dead.task}”的线路` },
    run() {
      if (dead !== null) {
        dialer.lineRevives(dead.lineId);
        dead = null;
        return;
      }
      const victim = dialer.tasks.findLast((task) => task.active > 0) ?? dialer.tasks.findLast((task) => task.started);
      if (victim === undefined) return;
      dialer.lineDies(victim.lineId);
      dead = { lineId: victim.lineId, task: victim.name };
    },
  };
}

function platformDown(dialer: DialerSandbox): Scenario {
  let fault: string | null = null;
  const isDown = (): boolean => dialer.faults.list().some(({ id }) => id === fault);
  return {
    id: 'platform_down',
    label: () =>
      isDown()
        ? { en: 'Bring the platform back', zh: '恢复平台' }
        : { en: 'Platform down for a minute', zh: '平台中断一分钟' },
    run() {
      if (fault !== null && isDown()) dialer.faults.clear(fault);
      else fault = dialer.faults.add({ route: '*', kind: 'drop', effect: false, forMs: outageMs });
    },
  };
}

/** Loses one response: the next one to a request that changes something. */
function answerLost(dialer: DialerSandbox): Scenario {
  let armed: string[] = [];
  const settle = (): void => {
    const waiting = new Set(dialer.faults.list().map(({ id }) => id));
    if (armed.every((id) => waiting.has(id))) return;
    for (const id of armed) dialer.faults.clear(id);
    armed = [];
  };
  return {
    id: 'answer_lost',
    label() {
      settle();
      return armed.length === 0
        ? { en: 'Answer lost: the next create, start, pause or delete', zh: '响应丢失：下一次新建、启动、暂停或删除' }
        : { en: 'Cancel the lost answer', zh: '取消丢失响应' };
    },
    run() {
      settle();
      if (armed.length > 0) {
        for (const id of armed) dialer.faults.clear(id);
        armed = [];
        return;
      }
      const routes = ['create', 'start', 'stop', 'destroy'] as const;
      armed = routes.map((route) => dialer.faults.add({ route, kind: 'drop', effect: true, times: 1 }));
    },
  };
}

function slackSays429(slack: SlackSandbox): Scenario {
  return {
    id: 'slack_429',
    label: () => ({
      en: `Slack says 429: wait ${rateLimitSeconds} seconds`,
      zh: `Slack 限流 429：等待 ${rateLimitSeconds} 秒`,
    }),
    run() {
      for (const method of ['chat.postMessage', 'chat.update']) {
        slack.faults.next(method, { kind: 'rate_limited', retryAfter: rateLimitSeconds });
      }
    },
  };
}

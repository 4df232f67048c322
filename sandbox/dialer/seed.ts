import { onShanghaiDay } from './clock.ts';
import type { DialerSandboxOptions, OutcomeWeights } from './options.ts';
import { quietRanges } from './quiet.ts';
import { chance, stableUuid } from './random.ts';
import { seededLineIds, seededQuietIds } from './seed-ids.ts';
import { type SeededTask, seededTasks } from './seed-tasks.ts';
import { outcomeBy } from './simulate.ts';
import { type Account, type CallTask, callListOf, type Line } from './state.ts';

const day = 86_400_000;

export interface SeedOptions {
  account: NonNullable<DialerSandboxOptions['account']>;
  userId: string;
  extra: NonNullable<DialerSandboxOptions['extra']>;
  tasks: readonly SeededTask[];
  seed: number;
  weights: OutcomeWeights;
  /** Real time, epoch ms: dates are relative to it. */
  wall: number;
}

/** A fresh account. Seeded tasks that are switched on do not dial before `Simulation.resume`. */
export function seedAccount(options: SeedOptions): Account {
  const account: Account = {
    userId: options.userId,
    lines: new Map(),
    scripts: new Map(),
    rules: new Map(),
    agentGroups: new Map(),
    quietGroups: new Map(),
    tasks: new Map(),
    serial: 0,
  };
  if (options.account !== 'empty') seedMetadata(account, options.wall);
  seedExtra(account, options);
  if (options.account === 'morning') for (const task of seededTasks) seedTask(account, options, task);
  for (const task of options.tasks) seedTask(account, options, task);
  for (let index = 0; index < (options.extra.tasks ?? 0); index += 1) {
    seedTask(account, options, extraTask(account, index));
  }
  return account;
}

function seedMetadata(account: Account, wall: number): void {
  const ago = (days: number): number => wall - days * day;
  const line = (id: string, name: string, callerNumber: string, total: number, begin: number, end: number): void => {
    const times = { beginsAt: ago(begin), deadlineAt: onShanghaiDay(wall + end * day, '00:00') };
    account.lines.set(id, {
      id,
      name,
      callerNumber,
      total,
      reserved: 0,
      ...times,
      alive: true,
      offered: true,
      lagSeconds: 0,
      active: 0,
    });
  };
  line(seededLineIds.hangzhou, '杭州-智能外呼一线', '057188765008', 30, 300, 65);
  line(seededLineIds.shanghai, '上海-客服中心', '02161230017', 16, 200, 165);
  line(seededLineIds.beijing, 'Beijing Outbound A', '01059870042', 20, 120, 245);
  line(seededLineIds.full, '深圳-专线(满)', '075586540009', 6, 100, 265);
  line(seededLineIds.single, '尊享单线', '13530525008', 1, 90, 275);
  line(seededLineIds.expiring, '广州-活动专线', '02038810023', 12, 362, 3);
  line(seededLineIds.trunk, 'Overseas Demo Trunk', '4000715566', 40, 30, 335);

  const script = (
    id: number,
    name: string,
    days: number,
    more: { debug?: true; deleted?: true; isDefault?: true } = {},
  ) =>
    account.scripts.set(id, {
      id,
      name,
      debug: more.debug ?? false,
      deletedAt: more.deleted ? ago(3) : null,
      createdAt: ago(days),
      isDefault: more.isDefault ?? false,
    });
  script(297, '会员回访标准话术', 210, { isDefault: true });
  script(390, '测试话术【复制】', 400, { debug: true });
  script(447, 'Renewal reminder v3', 150);
  script(512, '车险到期提醒', 120);
  script(538, '家长课程邀约', 96);
  script(601, 'Appointment confirmation', 80);
  script(655, '物业满意度调查', 71);
  script(702, 'NPS survey (short)', 60);
  script(760, '贷后关怀-温和版', 44);
  script(811, '旧版促销话术', 380, { deleted: true });
  script(1197, '新品试用调研(调试)', 5, { debug: true });

  const rule = (
    id: number,
    name: string,
    remark: string,
    times: number,
    minutes: number,
    codes: number[],
    more: { off?: true; isDefault?: true } = {},
  ) =>
    account.rules.set(id, {
      id,
      name,
      remark,
      enabled: more.off !== true,
      isDefault: more.isDefault ?? false,
      createdAt: ago(280),
      times,
      delayMs: minutes * 60_000,
      codes,
    });
  rule(103, '默认', '不重呼', 0, 0, [], { isDefault: true });
  rule(1, '测试重呼规则', '无应答、占线重呼1次,间隔10分钟', 1, 10, [4, 8]);
  rule(118, 'Retry no answer ×2', 'No answer, busy or rejected: twice, 30 minutes apart', 2, 30, [3, 4, 8]);
  rule(124, '关机停机重呼', '关机、停机重呼2次,间隔60分钟', 2, 60, [6, 7]);
  rule(131, '夜间重呼(停用)', '已停用', 3, 120, [4], { off: true });

  const group = (id: number, name: string, lineId: string | null, status: 0 | 1): void => {
    account.agentGroups.set(id, { id, name, lineId, status, createdAt: ago(190) });
  };
  group(21, '组2', seededLineIds.hangzhou, 1);
  group(22, 'VIP agents', seededLineIds.trunk, 1);
  group(23, '夜班客服(停用)', seededLineIds.shanghai, 0);
  group(24, '新人组(未配线路)', null, 1);

  const quiet = (uuid: string, name: string, ...pairs: [string, string][]): void => {
    account.quietGroups.set(uuid, { uuid, name, ranges: quietRanges(pairs) });
  };
  quiet(seededQuietIds.rest, '休息时间', ['21:00', '08:30']);
  quiet(seededQuietIds.lunch, '午休时间', ['12:00', '13:30'], ['20:30', '08:30']);
  quiet(seededQuietIds.meeting, '早会时间', ['08:00', '09:50']);
  quiet(seededQuietIds.none, '不限时段');
}

function seedExtra(account: Account, { extra, seed, wall }: SeedOptions): void {
  for (let index = 1; index <= (extra.scripts ?? 0); index += 1) {
    const id = 10_000 + index;
    const name = `${index % 2 === 0 ? '活动话术' : 'Campaign script'} ${String(index).padStart(5, '0')}`;
    account.scripts.set(id, { id, name, debug: false, deletedAt: null, createdAt: wall - day, isDefault: false });
  }
  for (let index = 1; index <= (extra.lines ?? 0); index += 1) {
    const id = stableUuid(seed, `line ${index}`);
    const line: Line = {
      id,
      name: `分机线路 ${String(index).padStart(5, '0')}`,
      callerNumber: `0571${String(10_000_000 + index)}`,
      total: 10,
      reserved: 0,
      beginsAt: wall - day,
      deadlineAt: wall + 364 * day,
      alive: true,
      offered: true,
      lagSeconds: 0,
      active: 0,
    };
    account.lines.set(id, line);
  }
}

function extraTask(account: Account, index: number): SeededTask {
  const lines = [...account.lines.keys()];
  return {
    name: `批量任务 ${String(index + 1).padStart(5, '0')}`,
    lineId: lines[index % Math.max(1, lines.length)] ?? '',
    scriptId: account.scripts.keys().next().value ?? 0,
    quietId: account.quietGroups.keys().next().value ?? '',
    ruleId: account.rules.keys().next().value ?? 0,
    maximumCall: 1,
    numbers: 100,
    dialed: index % 100,
    started: false,
    daysOld: 1,
  };
}

function seedTask(account: Account, { seed, weights, wall }: SeedOptions, seeded: SeededTask): void {
  account.serial += 1;
  const { serial } = account;
  const task: CallTask = {
    name: seeded.name,
    remark: seeded.remark ?? null,
    lineId: seeded.lineId,
    scriptId: seeded.scriptId,
    quietId: seeded.quietId,
    ruleId: seeded.ruleId,
    agentGroupId: seeded.agentGroupId ?? null,
    maximumCall: seeded.maximumCall,
    originateTimeout: 60,
    callPauseSecond: seeded.maximumCall === 1 ? 10 : 0,
    uuid: stableUuid(seed, `task ${serial}`),
    serial,
    started: seeded.started,
    destroyed: false,
    stuck: false,
    createdAt: wall - seeded.daysOld * day,
    alteredAt: wall - (seeded.daysOld / 4) * day,
    recycleLimit: seeded.daysOld > 30 ? 1 : 0,
    calls: callListOf(seeded.numbers, (position) => seededPhone(serial, position)),
  };
  const draw = outcomeBy(weights);
  for (let index = 0; index < seeded.dialed; index += 1) {
    task.calls.statuses[index] = draw(chance(seed, task.serial, index, 0, 1));
    task.calls.attempts[index] = 1;
  }
  task.calls.head = seeded.dialed;
  task.calls.done = seeded.dialed;
  account.tasks.set(task.uuid, task);
}

/** A realistic number: up to 10,000 different ones per task, and never the same in two tasks of a small account. */
function seededPhone(serial: number, index: number): string {
  return `13${String(serial % 100_000).padStart(5, '0')}${String((index * 7919) % 10_000).padStart(4, '0')}`;
}

import { seededLineIds, seededQuietIds } from './seed-ids.ts';
import type { TaskDefinition } from './state.ts';

type Definition = Pick<TaskDefinition, 'name' | 'lineId' | 'scriptId' | 'quietId' | 'ruleId' | 'maximumCall'>;

/** A task of the account at the start of the morning. */
export interface SeededTask extends Definition {
  remark?: string;
  agentGroupId?: number;
  /** At most 10,000. */
  numbers: number;
  /** How many of them, from the first, have been dialed already. */
  dialed: number;
  started: boolean;
  daysOld: number;
}

const { hangzhou, shanghai, beijing, full, expiring, trunk } = seededLineIds;
const { rest, lunch, meeting, none } = seededQuietIds;

/** Twenty past nine at a call center, oldest task first. */
export const seededTasks: readonly SeededTask[] = [
  // Finished long ago and paused; its script has since been deleted.
  task('Q3 NPS survey', { line: trunk, script: 811, quiet: none, rule: 103, at: 10 }, [2000, 2000], 'paused', 48),
  // Finished, but nobody switched it off: `start` stays 1.
  task('物业满意度调查', { line: hangzhou, script: 655, quiet: rest, rule: 103, at: 2 }, [750, 750], 'started', 9),
  task(
    '车险到期提醒',
    { line: hangzhou, script: 512, quiet: lunch, rule: 124, at: 4, agents: 21 },
    [3200, 1312],
    'paused',
    6,
  ),
  // Its redials make the progress drop again and again.
  task(
    'Win-back: lapsed members',
    { line: trunk, script: 447, quiet: rest, rule: 118, at: 6 },
    [1800, 1655],
    'started',
    4,
  ),
  // On a line whose lease is about to expire.
  task('广州周年庆活动通知', { line: expiring, script: 297, quiet: lunch, rule: 1, at: 5 }, [2600, 902], 'started', 3),
  task(
    '双十一会员回访',
    { line: hangzhou, script: 297, quiet: lunch, rule: 103, at: 8 },
    [8214, 5093],
    'started',
    2,
    '分三批,本周完成',
  ),
  // Holds every slot of its line.
  task('贷后关怀(深圳)', { line: full, script: 760, quiet: rest, rule: 103, at: 6 }, [900, 411], 'started', 1.2),
  task(
    'Spring renewal reminder',
    { line: beijing, script: 447, quiet: lunch, rule: 118, at: 4 },
    [1200, 312],
    'started',
    1,
  ),
  // Nearly done.
  task('教育机构试听邀约', { line: shanghai, script: 538, quiet: lunch, rule: 103, at: 3 }, [640, 586], 'started', 0.9),
  // Switched on, but in its quiet hours.
  task('早教课程邀约', { line: shanghai, script: 538, quiet: meeting, rule: 1, at: 4 }, [1500, 240], 'started', 0.8),
  // Ready, never started.
  task(
    'Clinic appointment check',
    { line: beijing, script: 601, quiet: rest, rule: 103, at: 2 },
    [460, 0],
    'paused',
    0.05,
  ),
  // A draft: no numbers, and its script is in debug mode.
  task('新品试用调研', { line: hangzhou, script: 1197, quiet: none, rule: 103, at: 1 }, [0, 0], 'paused', 0.02),
];

function task(
  name: string,
  uses: { line: string; script: number; quiet: string; rule: number; at: number; agents?: number },
  [numbers, dialed]: [number, number],
  state: 'started' | 'paused',
  daysOld: number,
  remark?: string,
): SeededTask {
  return {
    name,
    lineId: uses.line,
    scriptId: uses.script,
    quietId: uses.quiet,
    ruleId: uses.rule,
    maximumCall: uses.at,
    numbers,
    dialed,
    started: state === 'started',
    daysOld,
    ...(uses.agents === undefined ? {} : { agentGroupId: uses.agents }),
    ...(remark === undefined ? {} : { remark }),
  };
}

import { shanghaiDatetime } from './clock.ts';
import type { Switches } from './options.ts';
import {
  type Account,
  type CallTask,
  heldByLine,
  type Line,
  type RedialRule,
  residueOf,
  type Script,
} from './state.ts';

/** Responses of the platform, field by field as the task API document shows them. */
export type Entity = Record<string, unknown>;

/** The response of `GET /v1/task/create`: everything there is, usable or not; choosing is up to the client. */
export function initMeta(account: Account, switches: Switches): Entity {
  const held = heldByLine(account, switches.holding);
  return {
    enum_disable_dial_timegroup: [...account.quietGroups.values()].map(({ uuid, name }) => ({ uuid, name })),
    caller_line_list: [...account.lines.values()]
      .filter((line) => line.offered)
      .map((line) => ({
        name: line.name,
        value: line.id,
        residue: residueOf(line, held),
        call_line: line.total,
        available_at: shanghaiDatetime(line.deadlineAt),
        call_number: line.callerNumber,
      })),
    max_recycle_limit: '50',
    auto_recycle_rules: [...account.rules.values()].map((rule) => ({
      id: rule.id,
      name: rule.name,
      remark: rule.remark,
      status: rule.enabled,
    })),
    customer_service: [...account.agentGroups.values()].map((group) => ({
      id: group.id,
      user_id: account.userId,
      name: group.name,
      created_at: shanghaiDatetime(group.createdAt),
      updated_at: shanghaiDatetime(group.createdAt),
      caller_line_id: group.lineId,
      status: group.status,
    })),
    outbound_group: [...account.scripts.values()].map((script) => scriptEntity(account, script)),
  };
}

/** The entity as create returns it. */
export function createdEntity(account: Account, task: CallTask): Entity {
  const script = account.scripts.get(task.scriptId);
  return {
    start: task.started ? 1 : 0,
    alter_datetime: shanghaiDatetime(task.alteredAt),
    destination_dialplan: 'XML',
    destination_context: 'default',
    originate_variables: '{execute_on_media=start_da2}',
    maximumcall: task.maximumCall,
    recycle_limit: task.recycleLimit,
    name: task.name,
    remark: task.remark,
    destination_extension: task.scriptId,
    disable_dial_timegroup: task.quietId,
    random_assignment_number: 0,
    caller_line_id: task.lineId,
    call_pause_second: task.callPauseSecond,
    _originate_timeout: task.originateTimeout,
    customer_service_id: task.agentGroupId,
    auto_recycle_rule_id: task.ruleId,
    _origination_caller_id_number: account.lines.get(task.lineId)?.callerNumber ?? '',
    dial_format: 'user/admin',
    call_notify_url: 'http://127.0.0.1:81/api/hangup_notify',
    call_notify_type: 2,
    uuid: task.uuid,
    user_id: account.userId,
    create_datetime: shanghaiDatetime(task.createdAt),
    start_str: task.started ? '开启' : '暂停',
    group_str: script?.name ?? '',
    progress_bar: progressOf(task),
    group: script === undefined ? null : scriptEntity(account, script),
  };
}

/** The entities as the list shows them: with the nested objects that create leaves out, newest task first. */
export function listEntities(account: Account, switches: Switches): Entity[] {
  const held = heldByLine(account, switches.holding);
  return [...account.tasks.values()].reverse().map((task) => {
    const line = account.lines.get(task.lineId);
    const rule = account.rules.get(task.ruleId);
    const script = account.scripts.get(task.scriptId);
    const quiet = account.quietGroups.get(task.quietId);
    return {
      ...createdEntity(account, task),
      call_per_second: 10,
      scheduling_policy_ratio: null,
      scheduling_queue: null,
      domain: null,
      sort: 1,
      caller_line: line === undefined ? null : lineEntity(account, line, held.get(line.id) ?? 0),
      auto_recycle_rule: rule === undefined ? null : ruleEntity(account, rule),
      disable_time_group:
        quiet === undefined
          ? null
          : {
              uuid: quiet.uuid,
              name: quiet.name,
              domain: '',
              user_id: account.userId,
              created_at: null,
              updated_at: null,
            },
      group: script === undefined ? null : listedScript(account, script),
    };
  });
}

/** The progress of a task: the percentage is rounded down, so that 100 means all of them. */
function progressOf(task: CallTask): { total: number; progress: number; percent: number } {
  const total = task.calls.statuses.length;
  const progress = task.calls.done;
  return { total, progress, percent: total === 0 ? 0 : Math.floor((progress / total) * 100) };
}

/** The response of the progress endpoint in the chosen shape. */
export function progressAnswer(task: CallTask, shape: 'root' | 'data' | 'stat'): Entity {
  if (shape === 'root') return progressOf(task);
  if (shape === 'data') return { data: progressOf(task) };
  const { statuses, done } = task.calls;
  const counts = new Map<number, number>();
  for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1);
  const answered = counts.get(1) ?? 0;
  const percentOf = (part: number, whole: number): number =>
    whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 100;
  return {
    code: 200,
    status: 'success',
    message: '',
    data: {
      answer_rate: {
        answered,
        noAnswer: done - answered,
        callCompletetRate: percentOf(answered, done),
        taskProgress: percentOf(done, statuses.length),
      },
      intention: [],
      number_status: statusWords.map((status_str, status) => ({ status, status_str, count: counts.get(status) ?? 0 })),
      rounds: { '1': 0, '2~5': 0, '6~10': 0, '11~20': 0, '>20': 0 },
    },
  };
}

const statusWords = [
  '等待呼叫',
  '呼叫成功',
  '运营商拦截',
  '拒接',
  '无应答',
  '空号',
  '关机',
  '停机',
  '占线',
  '呼入限制',
  '欠费',
  '黑名单',
  '用户屏蔽',
];

/** The list leaves out two keys of a script. */
function listedScript(account: Account, script: Script): Entity {
  const { link_word_group_id: _, tag_scene_id: __, ...listed } = scriptEntity(account, script);
  return listed;
}

function scriptEntity(account: Account, script: Script): Entity {
  return {
    id: script.id,
    name: script.name,
    user_id: account.userId,
    debug: script.debug,
    deleted_at: script.deletedAt === null ? null : shanghaiDatetime(script.deletedAt),
    created_at: shanghaiDatetime(script.createdAt),
    updated_at: shanghaiDatetime(script.createdAt),
    link_word_group_id: null,
    tag_scene_id: null,
    default: script.isDefault,
  };
}

function ruleEntity(account: Account, rule: RedialRule): Entity {
  return {
    id: rule.id,
    user_id: account.userId,
    name: rule.name,
    remark: rule.remark,
    status: rule.enabled,
    created_at: shanghaiDatetime(rule.createdAt),
    updated_at: shanghaiDatetime(rule.createdAt),
    is_default: rule.isDefault,
  };
}

function lineEntity(account: Account, line: Line, held: number): Entity {
  return {
    id: line.id,
    name: line.name,
    user_id: account.userId,
    description: null,
    deadline_at: shanghaiDatetime(line.deadlineAt),
    available_time: Math.round((line.deadlineAt - line.beginsAt) / 1000),
    begin_at: shanghaiDatetime(line.beginsAt),
    call_line: line.total,
    call_line_used: held,
    call_number_prefix: line.callerNumber,
    is_call_number_enable: 1,
    is_call_number_prefix_editable: 0,
    dial_string: 'user/admin',
    dial_string_mode: 1,
    db_public_id: null,
    db_private_id: null,
    // From the range reserved for documentation.
    node_ip: '192.0.2.155',
    node_status: line.alive ? '1' : '0',
    created_at: shanghaiDatetime(line.beginsAt),
    updated_at: shanghaiDatetime(line.beginsAt),
    feature: 7,
  };
}

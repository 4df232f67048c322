import { draftOf, type RawDraft, rawOf } from '../../../src/core/model/fields.ts';
import type { Metadata } from '../../../src/core/model/metadata.ts';
import type { Task } from '../../../src/core/model/task.ts';
import { type Choices, type LineChoice, perChoice } from '../../../src/core/tasks/choices.ts';
import { sampleTask } from '../samples.ts';

export const now = Date.UTC(2026, 0, 5, 2, 0, 0);

export function taskOf(change: Partial<Task> = {}): Task {
  return sampleTask({
    id: 'dfc36b34-b398-4f6b-b263-cd64c53e5185',
    name: '春季回访',
    remark: null,
    script: { id: '447', name: '回访话术', debug: false, deleted: false },
    line: { id: 'line-a', name: 'Line A', total: 10, used: 2, expiresAt: null },
    concurrency: 2,
    quietHours: { id: 'noon', name: '午休时间' },
    redialRule: { id: '103', name: '默认', redials: null },
    progress: { total: 100, done: 10, source: 'progress_bar' },
    createdAt: now - 86_400_000,
    alteredAt: null,
    ...change,
  });
}

export function metadataOf(change: Partial<Metadata> = {}): Metadata {
  return {
    lines: [{ id: 'line-a', name: 'Line A', free: 4, total: 10, callerNumber: '0571-88885008' }],
    scripts: [{ id: '447', name: '回访话术', debug: false, deleted: false }],
    quietHours: [{ id: 'noon', name: '午休时间' }],
    redialRules: [{ id: '103', name: '默认', remark: null, enabled: true }],
    agentGroups: [{ id: '21', name: '组2', lineId: 'line-a', enabled: true }],
    ...change,
  };
}

export function lineChoice(id: string, max: number): LineChoice {
  return { id, name: id, free: max, total: null, callerNumber: null, max };
}

export function choicesWith(change: Partial<Choices> = {}): Choices {
  return {
    script: [
      { id: '447', name: '回访话术', debug: false, deleted: false },
      { id: '448', name: 'Survey', debug: true, deleted: false },
    ],
    line: [lineChoice('line-a', 4), lineChoice('line-b', 20)],
    quiet_hours: [
      { id: 'noon', name: '午休时间' },
      { id: 'rest', name: '休息时间' },
    ],
    redial_rule: [{ id: '103', name: '默认', remark: null }],
    agent_group: [{ id: '21', name: '组2', lineId: 'line-a', enabled: true }],
    hidden: [],
    reasons: perChoice(() => new Map()),
    readAt: now,
    ...change,
  };
}

export function rawWith(change: Partial<RawDraft> = {}): RawDraft {
  return { ...rawOf(draftOf(taskOf())), pause_seconds: '', ...change };
}

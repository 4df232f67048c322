import { AppError } from '../../src/core/errors.ts';
import type { FurtherOrder } from '../../src/core/imports/preview.ts';
import { fieldNames } from '../../src/core/model/fields.ts';
import type { Task } from '../../src/core/model/task.ts';
import type { GoneReason } from '../../src/core/tasks/prefill.ts';
import { preflightCodes } from '../../src/core/tasks/preflight.ts';
import { type TaskForm, taskFormView } from '../../src/slack/views/forms.ts';
import { importResultView } from '../../src/slack/views/import-result.ts';
import { importPreviewView } from '../../src/slack/views/imports.ts';
import type { drawing, Rendered } from './every-view.ts';
import {
  sampleHistory,
  sampleKept,
  sampleLaunchRun,
  sampleNumbers,
  sampleOrderedRun,
  sampleResult,
} from './samples.ts';

const whys: GoneReason[] = [
  'line_no_free_concurrency',
  'script_deleted',
  'rule_off',
  'group_disabled',
  'group_without_line',
  'missing',
  { code: 'over_line', max: 4 },
];

type Form = Pick<TaskForm, 'values' | 'choices' | 'privateMetadata'>;

/** The form with what is remembered and with numbers, the preview of a launch, and what becomes of it. */
export function launchViews(
  draw: ReturnType<typeof drawing>,
  { name, task, form }: { name: string; task: Task; form: Form },
): Rendered[] {
  const list = sampleNumbers({
    phoneColumn: name,
    nameColumn: name,
    columns: [{ index: 0, title: name, numbers: 2 }],
  });
  const preview = (further: FurtherOrder | null, numbers: number) => ({
    task: { ...task, id: '' },
    list,
    history: sampleHistory(numbers),
    recentDays: 30,
    batchSize: 100,
    further,
    text: '138 0013 8000',
    choices: undefined,
    privateMetadata: form.privateMetadata,
  });
  const order = { order: 'import_start', calls: 8214, asks: true, asOf: 1 } as const;
  const judged = (level: 'green' | 'amber' | 'red') => ({
    preflight: {
      level,
      room: level === 'amber' ? 2 : null,
      items:
        level === 'green'
          ? []
          : preflightCodes.map((code) => ({ code, level: level === 'red' ? level : ('amber' as const) })),
    },
    estimate: level === 'green' ? null : { ms: 3_600_000, perMinute: 12.34, from: { tasks: 3 } },
    bar: level === 'red' ? new AppError('calling_stopped', 'barred') : null,
  });
  const result = { result: sampleResult(), started: false, check: '{}' };
  return [
    draw('form with what is remembered', taskFormView, {
      mode: 'create',
      ...form,
      issues: [],
      alert: null,
      gone: fieldNames.flatMap((field) => whys.map((why) => ({ field, said: name, why }))).slice(0, 30),
      kept: [sampleKept({ raw: { ...sampleKept().raw, name } }), sampleKept({ key: 'key-2' })],
      numbers: { text: 'x'.repeat(3_000), file: { id: 'F1', name }, files: [] },
    }),
    draw('form for the file of a message', taskFormView, {
      mode: 'create',
      ...form,
      issues: [],
      alert: null,
      numbers: {
        text: '',
        file: null,
        files: [
          { id: 'F1', name },
          { id: 'F2', name },
        ],
      },
    }),
    ...(['green', 'amber', 'red'] as const).map((level) =>
      draw(`preview of a launch ${level}`, importPreviewView, preview({ ...order, judged: judged(level) }, 4)),
    ),
    draw('preview of a launch without numbers', importPreviewView, preview(null, 0)),
    draw('result of a launch', importResultView, { ...result, run: sampleLaunchRun('t1', { taskName: name }) }),
    draw('result of a launch that waits', importResultView, {
      ...result,
      result: sampleResult({ state: 'continues' }),
      run: sampleLaunchRun('', { taskName: name, state: 'awaiting' }),
    }),
    draw('result of a launch without a task', importResultView, {
      ...result,
      result: sampleResult({ state: 'stopped', because: new AppError('platform_rejected', 'refused') }),
      run: sampleLaunchRun('', { taskName: name, state: 'stopped' }),
    }),
    draw('result of a launch that did not start', importResultView, {
      ...result,
      run: {
        ...sampleLaunchRun('t1', { taskName: name }),
        facts: {
          ...sampleOrderedRun({ state: 'incomplete' }).facts,
          creation: sampleLaunchRun('t1', { taskName: name }).facts.creation,
        },
      },
    }),
  ];
}

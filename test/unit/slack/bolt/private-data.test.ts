import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { fields, type TaskDraft, taskDraft } from '../../../../src/core/model/fields.ts';
import { definitionHash } from '../../../../src/core/tasks/definition-hash.ts';
import { readCheck, writeCheck } from '../../../../src/slack/bolt/check-value.ts';
import {
  type FormRequest,
  type PrivateData,
  readPrivateData,
  readRequest,
  writePrivateData,
  writeRequest,
} from '../../../../src/slack/bolt/private-data.ts';
import { filesIn } from '../../../../src/slack/flows/shared-files.ts';
import { carriedName } from '../../../../src/slack/views/carried-name.ts';
import { limits } from '../../../../src/slack/views/limits.ts';
import { sampleDraft, sampleRaw } from '../../../support/samples.ts';
import { parseWritten } from '../../../support/store/release-0.1.0.ts';

const uuid = '02f5bb4a-8a09-4eae-8969-6c2a3732f774';

/** Every text as long as its field allows, every choice and number as long as they come. */
function longest(character: string): TaskDraft {
  const values = fields.map((field) => {
    if (field.kind === 'text') return [field.key, character.repeat(field.max)];
    return [field.key, field.kind === 'choice' ? uuid : field.max === 'line' ? 99_999 : field.max];
  });
  return taskDraft.parse(Object.fromEntries(values));
}

/** The most that any view carries, with these characters wherever a person may type. */
function fullest(character: string): PrivateData {
  const draft = longest(character);
  return {
    channel: 'C0123456789A',
    key: uuid,
    taskId: uuid,
    name: draft.name,
    alteredAt: Date.now(),
    runId: uuid,
    request: writeRequest({ form: 'new', name: draft.name, from: uuid }),
    draft,
  };
}

describe('what a view carries', () => {
  test.each(['春', '"', '\\', '\n', '😀', '&', '<'])(
    'with the longest texts of %j it fits and comes back as it was',
    (character) => {
      const data = fullest(character);
      const text = writePrivateData(data);
      expect(text.length).toBeLessThanOrEqual(3000);
      expect(readPrivateData(text)).toEqual(data);
    },
  );

  test('the least is enough', () => {
    expect(readPrivateData(writePrivateData({ channel: 'C1' }))).toEqual({ channel: 'C1' });
  });

  test.each(fields)('a draft that a release without $name wrote', (field) => {
    const { [field.key]: _, ...rest } = sampleDraft();
    const read = () => readPrivateData(JSON.stringify({ channel: 'C1', draft: rest })).draft;
    // Nothing can replace a name, or a required choice.
    if (field.kind !== 'number' && !field.optional) expect(read).toThrow();
    else
      expect(read()).toEqual({ ...rest, [field.key]: field.kind === 'number' ? (field.initial ?? field.min) : null });
  });

  test.each(['', 'null', '[]', '{', '{"channel":1}', '{"channel":"C1","draft":{"name":"x"}}'])(
    '%j was not written by us',
    (text) => {
      expect(() => readPrivateData(text)).toThrow();
    },
  );
});

describe('the value of a button that opens a form', () => {
  test.each([
    { form: 'new' },
    { form: 'new', name: '春'.repeat(100), from: uuid },
    { form: 'edit', task: uuid },
    { form: 'import' },
    { form: 'import', task: uuid },
    { form: 'delete', task: uuid },
  ] as const)('%j comes back and fits', (request) => {
    const text = writeRequest(request);
    expect(text.length).toBeLessThanOrEqual(2000);
    expect(readRequest(text)).toEqual(request);
  });

  test.each(fields)('$name comes back as it was typed; from a release without it, as a new form has it', (field) => {
    const { [field.name]: typed, ...rest } = sampleRaw({ agent_group: '21', pause_seconds: '7' });
    const read = (written: object) => readRequest(JSON.stringify({ form: 'new', typed: written }));
    expect(read({ ...rest, [field.name]: typed })).toEqual({ form: 'new', typed: { ...rest, [field.name]: typed } });
    const initial = field.kind === 'number' ? String(field.initial ?? '') : '';
    expect(read(rest)).toEqual({ form: 'new', typed: { ...rest, [field.name]: initial } });
  });

  test.each(['', '{}', '{"form":"edit"}', '{"form":"other"}'])('%j is refused', (text) => {
    expect(() => readRequest(text)).toThrow();
  });
});

/** The same texts for the same seed, of signs that take one place up to six when they are written. */
function texts(seed: number): (length: number) => string {
  let state = seed;
  const next = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  const signs = ['"', '\\', '\n', '&', '＆', '＜', '＞', 'a', '春', '😀'];
  return (length) => {
    // Some texts are all of one sign.
    const [only = ''] = next(2) === 0 ? [] : [signs[next(signs.length)]];
    return Array.from({ length }, () => only || (signs[next(signs.length)] ?? ''))
      .join('')
      .slice(0, length);
  };
}

describe.each(Array.from({ length: Number(process.env.ROUNDS ?? 8) }, (_, round) => round + 1))(
  'whatever people and the platform call things (seed %s)',
  (seed) => {
    const text = texts(seed);
    const files = filesIn(Array.from({ length: 20 }, (_, i) => ({ id: `F0123456${1000 + i}`, name: text(300) })));

    test('the files of a message go with a form, by their names', () => {
      const request = { form: 'import', files, suggested: uuid } as const;
      const value = writeRequest(request);
      expect(value.length).toBeLessThanOrEqual(limits.buttonValue);
      expect(readRequest(value)).toEqual(request);
      const data = { channel: 'C0123456789A', request: value, taskId: uuid, files };
      const written = writePrivateData(data);
      expect(written.length).toBeLessThanOrEqual(limits.privateMetadata);
      expect(readPrivateData(written).files).toEqual(files);
    });

    test('what was typed goes with a form as far as it fits, and the key under which it is kept always', () => {
      const typed = sampleRaw({ name: text(3_000), remark: text(3_000) });
      const requests: FormRequest[] = [
        { form: 'new', name: text(4_000) },
        { form: 'new', kept: uuid, typed, files },
        { form: 'edit', task: uuid, kept: uuid, typed, alteredAt: 1 },
        { form: 'quiet_hours', group: uuid, typed: text(2_000) },
      ];
      for (const request of requests) {
        const value = writeRequest(request);
        expect(value.length).toBeLessThanOrEqual(limits.buttonValue);
        expect(readRequest(value)).toMatchObject('kept' in request ? { kept: uuid } : { form: request.form });
      }
    });

    test('the outcome of a save can be looked up, however long the texts of the task', () => {
      const draft = sampleDraft({ name: text(5_000), remark: text(5_000) });
      const value = writeCheck({ of: 'save', taskId: uuid, key: uuid, draft });
      expect(value.length).toBeLessThanOrEqual(limits.buttonValue);
      expect(readCheck(value)).toMatchObject({ key: uuid, hash: definitionHash(draft) });
    });

    test('the preview of a launch fits', () => {
      const draft = { ...longest('春'), name: text(100), remark: text(255) };
      const data: PrivateData = {
        channel: 'C0123456789A',
        key: uuid,
        runId: uuid,
        draft,
        automatic: ['pause_seconds', 'agent_group', 'remark'],
        uploaded: { id: 'F0123456789', name: carriedName(text(300)) },
        fileId: 'F0123456789',
        fileShown: false,
        choices: {
          several: 'first',
          phones: [0, 1, 2],
          name: 3,
          encoding: 'gb18030',
          again: true,
          withoutRecent: true,
        },
      };
      const written = writePrivateData(data);
      expect(written.length).toBeLessThanOrEqual(limits.privateMetadata);
      expect(readPrivateData(written)).toMatchObject({ key: uuid, draft, choices: data.choices });
    });
  },
);

describe('what 0.1.0 left on the screens of people', () => {
  const file = join(import.meta.dirname, '../../../fixtures/0.1.0/private-metadata.json');
  const { modals, buttons } = JSON.parse(readFileSync(file, 'utf8')) as {
    modals: { what: string; callbackId: string | null; privateMetadata: string }[];
    buttons: { what: string; actionId: string; value: string }[];
  };
  const valuesOf = (...actionIds: string[]) =>
    buttons.filter(({ actionId }) => actionIds.includes(actionId)).map(({ what, value }) => [what, value] as const);

  test.each(modals.map(({ what, callbackId, privateMetadata }) => [what, callbackId, privateMetadata] as const))(
    '%s (%s): nothing of what the modal carries is lost',
    (_what, _callbackId, text) => {
      const data = readPrivateData(text);
      expect(data).toEqual(parseWritten(text));
      if (data.request !== undefined) expect(readRequest(data.request)).toEqual(parseWritten(data.request));
    },
  );

  test.each(valuesOf('form_open', 'form_retry'))('%s: its button opens the same form', (_what, value) => {
    expect(readRequest(value)).toEqual(parseWritten(value));
  });

  test.each(valuesOf('outcome_check'))('%s: its button looks up the same outcome', (_what, value) => {
    expect(readCheck(value)).toEqual(parseWritten(value));
  });

  test('there are all kinds of them', () => {
    expect(modals).toHaveLength(46);
    expect(valuesOf('form_open', 'form_retry')).toHaveLength(6);
    expect(
      valuesOf('outcome_check')
        .map(([, value]) => readCheck(value).of)
        .sort(),
    ).toEqual(['create', 'delete', 'pause', 'save', 'start']);
  });
});

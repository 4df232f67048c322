import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { fields, type TaskDraft, taskDraft } from '../../../../src/core/model/fields.ts';
import { readCheck } from '../../../../src/slack/bolt/check-value.ts';
import {
  type PrivateData,
  readPrivateData,
  readRequest,
  writePrivateData,
  writeRequest,
} from '../../../../src/slack/bolt/private-data.ts';
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

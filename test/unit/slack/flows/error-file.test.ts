import { expect, test } from '@jest/globals';
import type { WebClient } from '@slack/web-api';
import type { ErrorRow } from '../../../../src/core/imports/ports.ts';
import { en } from '../../../../src/i18n/en.ts';
import { errorFiles } from '../../../../src/slack/flows/error-file.ts';
import { sampleImportRun } from '../../../support/samples.ts';

async function* rows(count: number): AsyncGenerator<ErrorRow> {
  for (let line = 1; line <= count; line += 1)
    yield { why: 'rejected', line, phone: String(line), name: `客户${line}`, detail: 'too_short' };
}

/** What is uploaded for so many rows, at most three to a file: name, comment, and the lines after the titles. */
async function uploaded(count: number) {
  const files: { name: string; comment: string; lines: string[] }[] = [];
  const client = {
    conversations: { open: async () => ({ channel: { id: 'D1' } }) },
    async filesUploadV2(given: { file: Buffer; filename: string; initial_comment: string }) {
      const lines = given.file.toString().split('\r\n').slice(1, -1);
      files.push({ name: given.filename, comment: given.initial_comment, lines });
    },
  } as unknown as WebClient;
  await errorFiles({ client, catalogueFor: async () => en }, 3)(sampleImportRun({ taskName: 'Spring' }), rows(count));
  return files;
}

test('an error file has every row with its name, and a long one comes in parts', async () => {
  expect(await uploaded(3)).toEqual([
    {
      name: 'not-imported-Spring.csv',
      comment: '3 rows not imported into *Spring*',
      lines: [1, 2, 3].map((line) => expect.stringMatching(`^"invalid","${line}","${line}","客户${line}","too short`)),
    },
  ]);
  const parts = await uploaded(7);
  expect(parts.map(({ name }) => name)).toEqual([1, 2, 3].map((part) => `not-imported-Spring-${part}.csv`));
  expect(parts.map(({ lines }) => lines.length)).toEqual([3, 3, 1]);
  expect(parts.flatMap(({ lines }) => lines.map((line) => line.split('","')[1]))).toEqual(
    [1, 2, 3, 4, 5, 6, 7].map(String),
  );
  expect((await uploaded(6)).map(({ name }) => name)).toEqual([1, 2].map((part) => `not-imported-Spring-${part}.csv`));
});

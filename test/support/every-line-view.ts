import { AppError } from '../../src/core/errors.ts';
import type { ConcurrencyChange, MoveResult, NotDone } from '../../src/core/lines/move.ts';
import { type LinesBoard, linesBoardOf } from '../../src/core/lines/standing.ts';
import type { CardData } from '../../src/core/model/card.ts';
import type { LineEntry, Metadata } from '../../src/core/model/metadata.ts';
import { linesMessage } from '../../src/slack/views/lines.ts';
import { movedMessage, moveView, movingView } from '../../src/slack/views/move.ts';
import type { drawing, Rendered } from './every-view.ts';
import { sampleCallerNumber, sampleCard, sampleDraft, sampleNow, sampleTask } from './samples.ts';

const day = 24 * 3_600_000;

/** Twenty lines in every standing, with the cards spread over the first five. */
function linesOf(name: string, cards: readonly CardData[]): LinesBoard {
  const entries = Array.from({ length: 20 }, (_, i): LineEntry => {
    const total = i % 4 === 0 ? null : 10;
    return { id: `line-${i}`, name, free: i % 3 === 0 ? -1 : 4, total, callerNumber: sampleCallerNumber };
  });
  const expiries = [sampleNow - day, sampleNow + day, sampleNow + 90 * day, null, null];
  const spread = cards.map((card, i) => {
    // The fifth is no longer offered.
    const id = i % 5 === 4 ? 'line-x' : `line-${i % 5}`;
    const line = { id, name, total: 10, used: i % 2 ? null : 6, expiresAt: expiries[i % 5] ?? null };
    return { ...card, task: { ...card.task, line, concurrency: (i % 7) + 1 } };
  });
  const metadata: Metadata = { lines: entries, scripts: [], quietHours: [], redialRules: [], agentGroups: [] };
  return linesBoardOf({ cards: spread, readAt: sampleNow }, { metadata, readAt: sampleNow }, sampleNow);
}

/** What can become of moving concurrency. */
function movesOf(name: string): MoveResult[] {
  const change = (before: number, after: number): ConcurrencyChange => ({
    task: { id: 'task-1', name },
    before,
    after,
    draft: sampleDraft({ name: name.slice(0, 100) }),
  });
  const from = change(6, 4);
  const to = change(2, 4);
  const error = new AppError('platform_rejected', 'x', { details: { platformMessage: name } });
  const reasons: NotDone[] = [
    { kind: 'changed', task: { name, concurrency: 3 } },
    { kind: 'invalid', task: { id: 'task-1', name }, issue: { field: 'script', code: 'not_available' } },
    { kind: 'no_room', max: 2 },
    { kind: 'busy', task: { name } },
    { kind: 'refused', error },
  ];
  return [
    { kind: 'moved', from, to },
    ...reasons.flatMap((because): MoveResult[] => [
      { kind: 'nothing', because },
      { kind: 'lowered', from, to, because },
    ]),
    { kind: 'lowered_unknown', from, error },
    { kind: 'raised_unknown', from, to, error },
  ];
}

/** Everything that shows lines, for `everyView`. */
export function lineViews(draw: ReturnType<typeof drawing>, name: string): Rendered[] {
  const cards = Array.from({ length: 60 }, (_, i) =>
    sampleCard({ task: { id: `task-${i}`, name, line: { ...sampleTask().line, name }, started: i % 2 === 0 } }),
  );
  const board = linesOf(name, cards);
  const [line = null] = board.lines.filter(({ tasks }) => tasks.length > 1);
  const privateMetadata = '{}';
  const typed = { from: '6:task-5', to: '1:task-0', count: '2' };
  const moves = movesOf(name);
  const [moved] = moves;
  const unknown: LinesBoard = linesBoardOf({ cards, readAt: sampleNow }, null, sampleNow);
  return [
    ...[1, 2].map((page) => draw(`lines ${page}`, linesMessage, { board, page, text: '' })),
    draw('lines without metadata', linesMessage, { board: unknown, page: 1, text: '' }),
    draw('no lines', linesMessage, { board: { ...board, lines: [] }, page: 1, text: '' }),
    draw('no such line', linesMessage, { board, page: 1, text: `${name.slice(0, 50)} 9` }),
    ...board.lines
      .filter(({ id }) => /-[0-9x]$/.test(id))
      .map((one) => draw(`line ${one.id}`, linesMessage, { board, page: 1, text: one.id })),
    draw('move', moveView, { line, lineId: 'line-1', typed: null, privateMetadata }),
    draw('move again', moveView, { line, lineId: 'line-1', typed, privateMetadata }),
    draw('nothing to move', moveView, { line: null, lineId: name, typed: null, privateMetadata }),
    ...(moved?.kind === 'moved' ? [draw('moving', movingView, { ...moved, privateMetadata })] : []),
    ...moves.map((result, i) =>
      draw(`moved ${result.kind} ${i}`, movedMessage, {
        result,
        reference: i % 2 ? '12345678' : null,
        again: '{"form":"move"}',
        check: result.kind.endsWith('unknown') ? '{"of":"save"}' : null,
      }),
    ),
  ];
}

/** The form and the board of an account of that size, all of whose tasks are on one line. */
export function sizedLineViews(draw: ReturnType<typeof drawing>, cards: readonly CardData[]): Rendered[] {
  const board = linesBoardOf({ cards, readAt: sampleNow }, null, sampleNow);
  const [line = null] = board.lines;
  return [
    draw('lines of all', linesMessage, { board, page: 1, text: '' }),
    draw('line of all', linesMessage, { board, page: 1, text: line?.id ?? '' }),
    draw('move among all', moveView, { line, lineId: 'line-1', typed: null, privateMetadata: '{}' }),
  ];
}

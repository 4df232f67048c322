import { liveADay, timeOf } from '../test/support/day.ts';

/**
 * A day of the demo's twelve tasks, as the people of a team live it: who did what, and which messages came where.
 * `npm run day` prints it as a story. HOURS (24) from 09:20 on, a poll every EVERY_SECONDS (20) of platform time.
 */
const hours = Number(process.env.HOURS ?? 24);
const everyMs = Number(process.env.EVERY_SECONDS ?? 20) * 1_000;

/** Markup as people read it. */
function read(text: string): string {
  return text
    .replaceAll(/<!date\^(\d+)\^[^|>]*\|[^>]*>/g, (_, seconds: string) => timeOf(Number(seconds) * 1_000))
    .replaceAll(/<@(\w+)>/g, '@$1')
    .replaceAll('*', '')
    .replaceAll('\n', ' / ');
}

const { told, acts } = await liveADay({ everyMs, hours });
const lines = [
  ...acts.map(({ at, text }) => ({ at, line: `  (${text})` })),
  ...told.map(({ at, place, under, text, kind }) => {
    const where = under === null ? place : `${place}, in the thread`;
    return { at, line: `${kind === 'posted' ? where : `${where}, edited`}: ${read(text)}` };
  }),
].sort((a, b) => a.at - b.at);
for (const { at, line } of lines) console.log(`${timeOf(at)}  ${line}`);

const posted = told.filter(({ kind }) => kind === 'posted');
const places = new Set(posted.map(({ place }) => place));
console.log(
  `\n${posted.length} messages in ${hours} hours, in ${[...places].join(', ')}; ${told.length - posted.length} edits of them.`,
);

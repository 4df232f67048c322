import { build } from '../test/support/built.ts';
import { columns, median } from './measure.ts';
import { attacks } from './trials/attacks.ts';
import { type Figures, measure } from './trials/measure-trial.ts';

/**
 * While one person sends the worst text, file or flood and the platform answers its worst body, another person's
 * command is acknowledged in time, no socket drops, and a pause reaches the platform: for each attack, the built bot
 * between the stand-in for Slack and a platform, each in a process of its own. Exits with 1 when a bar does not hold.
 * `npm run trials -- landlines` runs those whose name contains the word.
 *
 * All figures are as measured, with whatever else the machine does: where the process that measures stood still itself
 * (the last column) for as long as a command took, the machine was busy, and the trial says little about the bot.
 */
const bars = { medianMs: 200, worstMs: 500, dropped: 0, pauseMs: 3_000 };

interface Tried extends Figures {
  name: string;
}

const shown = (ms: number | null): string => (ms === null ? 'never' : ms.toFixed(ms < 10 ? 1 : 0));

const worstOf = ({ acknowledged }: Figures): number => Math.max(...acknowledged);

function tableOf(trials: readonly Tried[]): string {
  const head = [
    '',
    'attacks',
    'commands',
    'median ms',
    'worst ms',
    'not acknowledged',
    'sockets dropped',
    'pause ms',
    'own stop ms',
  ];
  const rows = trials.map((trial) => [
    trial.name,
    String(trial.attacks),
    String(trial.acknowledged.length),
    shown(median(trial.acknowledged)),
    shown(worstOf(trial)),
    String(trial.unacknowledged),
    String(trial.dropped),
    shown(trial.pause),
    shown(trial.ownStop),
  ]);
  return columns([head, ...rows]);
}

const promises: [string, (trial: Tried) => boolean][] = [
  [`acknowledged within ${bars.medianMs} ms at the median`, (trial) => median(trial.acknowledged) <= bars.medianMs],
  [
    `acknowledged within ${bars.worstMs} ms at the worst`,
    (trial) => trial.unacknowledged === 0 && worstOf(trial) <= bars.worstMs,
  ],
  ['no socket drops', ({ dropped }) => dropped <= bars.dropped],
  [`a pause reaches the platform within ${bars.pauseMs} ms`, ({ pause }) => pause !== null && pause <= bars.pauseMs],
];

const word = process.argv[2] ?? '';
const built = await build();
const trials: Tried[] = [];
try {
  for (const attack of attacks.filter(({ name }) => name.includes(word))) {
    trials.push({ name: attack.name, ...(await measure(attack, built.entry('main'))) });
    console.error(`${attack.name}: measured`);
  }
} finally {
  await built.remove();
}

console.log(tableOf(trials));
console.log('');
for (const [promise, holds] of promises) {
  const missed = trials.filter((trial) => !holds(trial));
  console.log(
    missed.length === 0 ? `holds    ${promise}` : `MISSED   ${promise}: ${missed.map(({ name }) => name).join('; ')}`,
  );
  if (missed.length > 0 || trials.length === 0) process.exitCode = 1;
}

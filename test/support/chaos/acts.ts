import { setTimeout as sleep } from 'node:timers/promises';
import type { DialerSandbox } from '../../../sandbox/dialer/server.ts';
import type { PersonClient } from '../../../sandbox/slack/client.ts';
import type { SlackSandbox } from '../../../sandbox/slack/server.ts';
import type { StoredMessage } from '../../../sandbox/slack/stored.ts';
import { en } from '../../../src/i18n/en.ts';
import type { Act } from './courses.ts';
import { keyOf } from './judge.ts';
import { importNumbers, type Subject } from './platform.ts';

const addedNumbers = 10;
/** How long a person waits before typing a command again, real ms. */
const personWaitsMs = 3_000;

/** Where things happen. */
interface Stage {
  dialer: DialerSandbox;
  alice: PersonClient;
  shown: () => ReadonlyMap<string, readonly StoredMessage[]>;
  isTimeUp: () => boolean;
}

/** Does to each task what its course says, until nothing is left to happen; false when the time is up before that. */
export async function act(subjects: readonly Subject[], stage: Stage): Promise<boolean> {
  const { dialer, shown, isTimeUp } = stage;
  const acted = new Set<string>();
  const acting = new Set<Promise<void>>();
  const soon = dialer.clock.now() + 2 * 60_000;
  while (!isTimeUp()) {
    const tasks = new Map(dialer.tasks.map((task) => [task.uuid, task]));
    const messages = [...shown().values()];
    let open = acting.size;
    for (const subject of subjects) {
      const { course, name } = subject;
      const task = tasks.get(subject.id);
      if (course.act !== null && !acted.has(subject.id) && task !== undefined) {
        const happened = {
          soon: () => dialer.clock.now() >= soon,
          midway: () => task.done * 2 >= task.total,
          'its end is announced everywhere': () =>
            messages.every((posted) => posted.some(({ text }) => text.includes(en.notices.finished(name)))),
        };
        open += 1;
        if (!happened[course.act.when]()) continue;
        acted.add(subject.id);
        const done = carryOut(stage, subject, course.act.what).finally(() => acting.delete(done));
        acting.add(done);
      } else if (course.completes && task !== undefined && (task.done < task.total || task.redialsDue > 0)) open += 1;
    }
    if (open === 0) return true;
    await sleep(100);
  }
  return false;
}

async function carryOut(stage: Stage, subject: Subject, what: Act): Promise<void> {
  const { dialer } = stage;
  switch (what) {
    case 'start':
    case 'pause':
      return dialer.rival(subject.id, { start: what === 'start' });
    case 'destroy':
      return dialer.rival(subject.id, 'destroy');
    case 'line dies':
      return dialer.lineDies(subject.lineId);
    case 'add numbers':
      return importNumbers(dialer, subject.id, { from: subject.numbers, count: addedNumbers });
    case 'is paused and started from a channel':
      await command(stage, subject, 'pause');
      await sleep(personWaitsMs);
      return command(stage, subject, 'start');
    default:
      return what satisfies never;
  }
}

/** Types the command until the platform shows its effect, as people do who get no answer. */
async function command({ dialer, alice, isTimeUp }: Stage, { id, name }: Subject, verb: 'start' | 'pause') {
  const isDone = (): boolean => dialer.tasks.find(({ uuid }) => uuid === id)?.started === (verb === 'start');
  while (!isDone() && !isTimeUp()) {
    await alice.command(`/dial ${verb} ${name}`);
    for (let waited = 0; waited < personWaitsMs && !isDone(); waited += 100) await sleep(100);
  }
}

/** Someone deletes the card of a task that will still move, so that it is missed; false when there is none. */
export function deleteCard(
  subjects: readonly Subject[],
  { dialer, slack, shown }: Pick<Stage, 'dialer' | 'shown'> & { slack: SlackSandbox },
  draw: number,
): boolean {
  const moving = dialer.tasks.filter(({ uuid, started, done, total }) => {
    const ends = subjects.some(({ id, course }) => id === uuid && course.completes);
    return ends && started && done > 0 && done * 2 < total;
  });
  const cards = [...shown().values()].flat().filter((message) => {
    return keyOf(message)?.startsWith('card:') && moving.some(({ name }) => message.text.includes(name));
  });
  const card = cards[Math.floor(draw * cards.length)];
  if (card === undefined) return false;
  slack.workspace.remove(card);
  return true;
}

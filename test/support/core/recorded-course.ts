import type { Actor } from '../../../src/core/model/reading.ts';
import type { Progress, Task } from '../../../src/core/model/task.ts';
import type { Interval } from '../../../src/core/watch/intervals.ts';
import type { Circumstances } from '../../../src/core/watch/look.ts';
import { type CoursePoll, createFollower, type Shown } from './course.ts';
import { t0, taskOf } from './looks.ts';

export interface CourseOptions {
  /** Seconds between two polls; 20 unless said otherwise. */
  every?: number;
  source?: Progress['source'];
  circumstances?: Circumstances;
  task?: Partial<Task>;
}

/**
 * A course written down as one would read it off the platform's list, one poll per `|`:
 * `on`, `off` · `3/60`, `3` (of as many as before) · `-` no figures · `~3/60` from the other source, this once ·
 * `!3/60`, `!on`, `!name=…` an old page, this once · `older` its date of change · `absent` · `start`, `pause`,
 * `import`, `edit` an own action before the poll, which leaves what this poll shows · `name=…` · `x5` five such polls ·
 * `wait=90` a poll that comes 90 minutes later · `hours=10-100`, `hours=none`, `hours=unknown` the quiet hours from here
 * on.
 */
export function readCourse(text: string, options: CourseOptions = {}): CoursePoll[] {
  const { every = 20, source = 'progress_bar', task: change = {} } = options;
  let circumstances = options.circumstances ?? {};
  const polls: CoursePoll[] = [];
  let at = t0 - every * 1000;
  let shown = { on: false, bar: [0, 0] as readonly [number, number] | null, name: 'Spring renewal', edits: 0 };
  for (const entry of text.split('|')) {
    const words = entry.trim().split(/\s+/);
    let once: Partial<typeof shown> = {};
    let [times, absent, older, later, otherSource] = [1, false, false, 0, false];
    let action: Actor['action'] | null = null;
    for (const word of words) {
      const [, mark = '', figures] = /^([!~]?)(\d+(?:\/\d+)?|-)$/.exec(word) ?? [];
      const [key = '', value = ''] = word.split('=');
      if (figures !== undefined) {
        const [done, total = shown.bar?.[1] ?? 0] = figures.split('/').map(Number);
        const bar = figures === '-' ? null : ([done ?? 0, total] as const);
        if (mark === '') shown = { ...shown, bar };
        else once = { ...once, bar };
        otherSource ||= mark === '~';
      } else if (word === 'on' || word === 'off') shown = { ...shown, on: word === 'on' };
      else if (word === '!on' || word === '!off') once = { ...once, on: word === '!on' };
      else if (word === 'absent') absent = true;
      else if (word === 'older') older = true;
      else if (key === '!name') once = { ...once, name: value };
      else if (key === 'name') shown = { ...shown, name: value, edits: shown.edits + 1 };
      else if (key === 'hours') circumstances = { ...circumstances, quietHours: hoursOf(value) };
      else if (key === 'wait') later = Number(value) * 60_000;
      else if (/^x\d+$/.test(word)) times = Number(word.slice(1));
      else if (word in actions) action = actions[word as keyof typeof actions];
      else throw new Error(`not a word of a course: ${word}`);
    }
    if (action === 'started' || action === 'paused') shown = { ...shown, on: action === 'started' };
    const taskNow = (look: typeof shown): Task => {
      const other: Progress['source'] = source === 'endpoint' ? 'progress_bar' : 'endpoint';
      const task = taskOf({ on: look.on, bar: look.bar, source: otherSource ? other : source });
      return { ...task, ...change, name: look.name, alteredAt: t0 + look.edits * 1000 - (older ? 5_000 : 0) };
    };
    at += later;
    for (let i = 0; i < times; i += 1) {
      at += every * 1000;
      const task = absent ? null : taskNow({ ...shown, ...once });
      const own = action === null || i > 0 ? {} : { own: { action, task: taskNow(shown) } };
      polls.push({ at, task, circumstances, ...own });
    }
  }
  return polls;
}

/** `10-100,200-300`, in minutes since the beginning; `none`; `unknown`. */
function hoursOf(text: string): Interval[] | null {
  if (text === 'unknown') return null;
  if (text === 'none') return [];
  return text.split(',').map((part) => {
    const [from = 0, until = 0] = part.split('-').map((minutes) => t0 + Number(minutes) * 60_000);
    return { from, until };
  });
}

const actions = { start: 'started', pause: 'paused', import: 'imported', edit: 'edited' } as const;

export function follow(polls: readonly CoursePoll[]): Shown {
  const follower = createFollower();
  for (const poll of polls) follower.poll(poll);
  return follower.shown();
}

/** A course with what is to come of it, as test/fixtures/courses.txt writes it down. */
export interface RecordedCourse {
  title: string;
  text: string;
  options: CourseOptions;
  steps: string[];
  messages: string[];
}

/** `## title`, `given: …` (optional), the course, `= ` a step each, `> ` a message each. */
export function parseCourses(text: string): RecordedCourse[] {
  return text
    .split(/^## /m)
    .slice(1)
    .map((block) => {
      const [title = '', ...lines] = block.split('\n').filter((line) => line !== '');
      const after = (mark: string) =>
        lines.filter((line) => line.startsWith(mark)).map((line) => line.slice(mark.length));
      const course = lines.filter((line) => !/^(= |> |given: )/.test(line));
      return {
        title,
        text: course.join(' '),
        options: optionsOf(after('given: ').join(' ')),
        steps: after('= '),
        messages: after('> '),
      };
    });
}

/** `every=300 calls=1 pause=10 redials=on redial_quiet=5 hours=10-100 source=endpoint`; minutes, but for `every`. */
function optionsOf(text: string): CourseOptions {
  const given = new Map(text.split(' ').map((word) => word.split('=') as [string, string]));
  const number = (name: string) => (given.has(name) ? Number(given.get(name)) : undefined);
  const [every, calls, pause, redialQuiet] = ['every', 'calls', 'pause', 'redial_quiet'].map(number);
  const source = given.get('source');
  const redials = given.get('redials');
  const hours = given.get('hours');
  return {
    ...(every !== undefined && { every }),
    ...(source !== undefined && { source: source as Progress['source'] }),
    task: { ...(calls !== undefined && { concurrency: calls }), ...(pause !== undefined && { pauseSeconds: pause }) },
    circumstances: {
      ...(redials !== undefined && { redials: redials === 'on' }),
      ...(redialQuiet !== undefined && { redialQuietMs: redialQuiet * 60_000 }),
      ...(hours !== undefined && { quietHours: hoursOf(hours) }),
    },
  };
}

/** The platform runs on Shanghai time, eight hours ahead of UTC all year. */
const shanghaiOffset = 8 * 3_600_000;
const day = 86_400_000;

/**
 * The simulated clock: it drives the dialing and the quiet hours. Timestamps of entities come from `wall` instead,
 * because clients compare them with their own clock.
 */
export interface SimClock {
  /** Simulated time, epoch ms. Never goes back. */
  now(): number;
  /** Real time, epoch ms. */
  wall(): number;
  /** Simulated seconds per real second; 0 is paused. */
  speed(): number;
  /** Takes effect at once; throws a RangeError below 0 or when not finite. */
  setSpeed(speed: number): void;
  /** Jumps forward by simulated milliseconds, whatever the speed (0 included). Throws a RangeError below 0. */
  advance(ms: number): void;
}

/** `startAt` is the simulated time at the start, epoch ms. */
export function createClock(options: { startAt: number; speed: number; wall: () => number }): SimClock {
  let speed = checkSpeed(options.speed);
  let simulated = options.startAt;
  let seenAt = options.wall();

  const now = (): number => {
    const wall = options.wall();
    // A wall clock that was set back must not turn the simulation back.
    simulated += Math.max(0, wall - seenAt) * speed;
    seenAt = wall;
    return Math.floor(simulated);
  };

  return {
    now,
    wall: options.wall,
    speed: () => speed,
    setSpeed(next) {
      checkSpeed(next);
      now();
      speed = next;
    },
    advance(ms) {
      if (!(ms >= 0)) throw new RangeError(`cannot advance by ${ms} ms`);
      now();
      simulated += ms;
    },
  };
}

function checkSpeed(speed: number): number {
  if (!(speed >= 0) || !Number.isFinite(speed)) throw new RangeError(`speed must be 0 or more, not ${speed}`);
  return speed;
}

/** `YYYY-MM-DD HH:mm:ss` in Shanghai, without a zone: the only date format of the task API. */
export function shanghaiDatetime(at: number): string {
  return new Date(at + shanghaiOffset).toISOString().slice(0, 19).replace('T', ' ');
}

/** Milliseconds since the last midnight in Shanghai, 0…86,399,999. */
export function shanghaiTimeOfDay(at: number): number {
  return (((at + shanghaiOffset) % day) + day) % day;
}

/** That time of day (`HH:mm`) on the Shanghai day that contains `at`, epoch ms. */
export function onShanghaiDay(at: number, timeOfDay: string): number {
  return at - shanghaiTimeOfDay(at) + parseTimeOfDay(timeOfDay);
}

/** `HH:mm` in milliseconds since midnight; `24:00` is allowed. Throws a RangeError on anything else. */
export function parseTimeOfDay(text: string): number {
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(text) ?? [];
  const ms = (Number(hours) * 60 + Number(minutes)) * 60_000;
  if (!(ms <= day) || Number(minutes) > 59) throw new RangeError(`not a time of day: ${text}`);
  return ms;
}

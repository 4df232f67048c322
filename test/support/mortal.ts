import { AppError } from '../../src/core/errors.ts';

interface Death {
  /** What a process does that others see, by the names of methods. */
  acting: RegExp;
  /** Before or after which of these acts it dies, from 0. */
  dieAt: number;
  after: boolean;
  onDeath?: () => void;
}

/** Counts what is done, and dies before or after one of it: nothing is done or answered from then on but giving back leases. */
export function mortal({ acting, dieAt, after, onDeath = () => undefined }: Death) {
  let done = 0;
  let dead = false;
  const dying = new AppError('store_failed', 'the process is gone');
  const die = (): never => {
    dead = true;
    onDeath();
    throw dying;
  };
  const wrap = <T extends object>(thing: T): T =>
    new Proxy(thing, {
      get(target, name, receiver) {
        const method = Reflect.get(target, name, receiver);
        if (typeof method !== 'function' || typeof name !== 'string') return method;
        return async (...given: unknown[]) => {
          if (dead && !/release/i.test(name)) throw dying;
          const isHere = acting.test(name) && done++ === dieAt;
          if (isHere && !after) die();
          const result = await Reflect.apply(method, target, given);
          if (isHere) die();
          return result;
        };
      },
    });
  return { wrap, count: () => done, isDead: () => dead };
}

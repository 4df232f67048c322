import type { NoticeKind } from '../../../src/core/model/notice.ts';

/** The redial rules of the platform's account: one is off, one is on and never redials, one redials after 10 minutes. */
export const rules = { off: 131, never: 103, once: 1 };

/** What someone else does to a task on the platform, or someone in a channel through the bot. */
export type Act = 'start' | 'pause' | 'destroy' | 'line dies' | 'add numbers' | 'is paused and started from a channel';

/** What happens to a task on the platform, and what a channel that watches it must have heard in the end. */
export interface Course {
  name: string;
  rule: number;
  on: boolean;
  act: { what: Act; when: 'soon' | 'midway' | 'its end is announced everywhere' } | null;
  /** Whether all of its numbers are dialed in the end. */
  completes: boolean;
  /** How many messages of each kind remain; those of `switched` kinds at least as many, the others none. */
  messages: Partial<Record<NoticeKind, number>>;
}

/**
 * Notices of a switch that someone else used. A list from before the switch cannot be told from the opposite switch,
 * so each may be repeated; they are counted.
 */
export const switched: readonly NoticeKind[] = ['started', 'paused'];

export const courses: readonly Course[] = [
  { name: 'plain', rule: rules.off, on: true, act: null, completes: true, messages: { finished: 1 } },
  {
    name: 'gone midway',
    rule: rules.off,
    on: true,
    act: { what: 'destroy', when: 'midway' },
    completes: false,
    messages: { gone: 1 },
  },
  {
    name: 'two campaigns',
    rule: rules.off,
    on: true,
    act: { what: 'add numbers', when: 'its end is announced everywhere' },
    completes: true,
    messages: { finished: 2, reopened: 1 },
  },
  {
    name: 'paused midway',
    rule: rules.off,
    on: true,
    act: { what: 'pause', when: 'midway' },
    completes: false,
    messages: { paused: 1 },
  },
  {
    name: 'started late',
    rule: rules.off,
    on: false,
    act: { what: 'start', when: 'soon' },
    completes: true,
    messages: { finished: 1, started: 1 },
  },
  { name: 'rule on', rule: rules.never, on: true, act: null, completes: true, messages: { finished: 1 } },
  {
    name: 'dead line',
    rule: rules.off,
    on: true,
    act: { what: 'line dies', when: 'midway' },
    completes: false,
    messages: {},
  },
  {
    name: 'ours',
    rule: rules.never,
    on: true,
    act: { what: 'is paused and started from a channel', when: 'midway' },
    completes: true,
    messages: { finished: 1 },
  },
  { name: 'redials', rule: rules.once, on: true, act: null, completes: true, messages: { finished: 1 } },
  {
    name: 'gone after its end',
    rule: rules.off,
    on: true,
    act: { what: 'destroy', when: 'its end is announced everywhere' },
    completes: false,
    messages: { finished: 1, gone: 1 },
  },
  { name: 'never started', rule: rules.off, on: false, act: null, completes: false, messages: {} },
];

import { textOf } from '../block-tree.ts';
import type { Control } from '../control.ts';
import { plainText } from '../json.ts';
import type { Message, Snapshot } from '../protocol.ts';
import type { Workspace } from '../state.ts';
import type { TrafficLog } from '../traffic.ts';

/** What the typed client of one person works with. */
export interface ClientParts {
  workspace: Workspace;
  control: Control;
  traffic: TrafficLog;
  /** User id. */
  user: string;
  /** How long to wait by default. Real milliseconds: a wait ends although the clock stands still. */
  deadlineMs: number;
}

export interface WaitOptions {
  timeoutMs?: number;
}

/** A part of the text, a pattern, or a predicate. */
export type Matcher<T> = string | RegExp | ((thing: T) => boolean);

export function matches<T>(matcher: Matcher<T>, thing: T, text: string): boolean {
  if (typeof matcher === 'string') return text.includes(matcher);
  if (matcher instanceof RegExp) return matcher.test(text);
  return matcher(thing);
}

export function describeMatcher(matcher: Matcher<never>): string {
  return typeof matcher === 'function' ? 'a predicate' : String(matcher);
}

/** Everything a message shows: its text and the texts of its blocks. */
export function messageText(message: Message): string {
  return [message.text, textOf(message.blocks)].filter((part) => part !== '').join('\n');
}

/**
 * Waits until `probe` returns something, trying again after every change. Fails with what it waited for, what the
 * person sees, and the masked traffic.
 */
export function until<T>(
  { workspace, control, traffic, user, deadlineMs }: ClientParts,
  awaited: string,
  probe: (snapshot: Snapshot) => T | undefined,
  options: WaitOptions = {},
): Promise<T> {
  const timeoutMs = options.timeoutMs ?? deadlineMs;
  return new Promise((resolve, reject) => {
    let finished = false;
    const finish = (act: () => void) => {
      finished = true;
      clearTimeout(timer);
      stop();
      act();
    };
    const check = () => {
      if (finished) return;
      try {
        const found = probe(control.snapshot(user));
        if (found !== undefined) finish(() => resolve(found));
      } catch (error) {
        finish(() => reject(error instanceof Error ? error : new Error(String(error))));
      }
    };
    const timer = setTimeout(() => {
      const seen = describeSnapshot(control.snapshot(user));
      const reason = `Waited ${timeoutMs} ms for ${awaited}, but it did not happen.\n\n${seen}\n\nTraffic:\n${traffic.print()}`;
      finish(() => reject(new Error(reason)));
    }, timeoutMs);
    const stop = workspace.onChange(() => queueMicrotask(check));
    check();
  });
}

/** What a person sees, in a few lines. */
function describeSnapshot(snapshot: Snapshot): string {
  const lines = [`${snapshot.me.name} sees:`];
  for (const view of snapshot.views) {
    lines.push(`  modal “${plainText(view.view.title)}” (${view.status}) ${JSON.stringify(view.errors)}`);
  }
  for (const channel of snapshot.channels) {
    for (const message of channel.messages.slice(-5)) {
      const mark = message.ephemeral ? ' (only to them)' : '';
      lines.push(`  ${channel.name}: ${message.user}${mark}: ${messageText(message).slice(0, 200)}`);
    }
  }
  for (const toast of snapshot.toasts) lines.push(`  toast: ${toast.text}`);
  return lines.join('\n');
}

import { textOf } from '../../../sandbox/slack/block-tree.ts';
import { parseJson } from '../../../sandbox/slack/json.ts';
import type { SlackSandbox } from '../../../sandbox/slack/server.ts';
import { assertSame } from './same.ts';

/** What an app posted for others, or to one person, to see. Answers to a command are not among it. */
interface Said {
  /** `#channel`, or `@person` for direct messages. */
  place: string;
  text: string;
}

/** A message that has to come: where, and what its text holds. */
export type Awaited = readonly [place: string, text: RegExp];

export interface Listener {
  /** Waits until exactly these have come, in any order, and then for what should not come. Fails on any other. */
  heard(awaited: readonly Awaited[], quiet: () => Promise<void>): Promise<void>;
  /** Everything since the beginning. */
  all(): readonly Said[];
}

export function listenTo(slack: SlackSandbox): Listener {
  const all: Said[] = [];
  let seen = 0;
  let judged = 0;
  const collect = (): void => {
    const posts = slack.traffic.exchanges('chat.postMessage');
    for (const { seq, outcome, sent } of posts) {
      if (seq <= seen || outcome !== 'ok') continue;
      seen = seq;
      all.push({ place: placeOf(slack, String(sent.channel)), text: `${sent.text} ${textOf(blocksOf(sent.blocks))}` });
    }
  };
  return {
    async heard(awaited, quiet) {
      const until = performance.now() + saidWithinMs;
      while (all.length - judged < awaited.length && performance.now() < until) {
        collect();
        await new Promise((next) => setTimeout(next, 50));
      }
      await quiet();
      collect();
      const news = all.slice(judged);
      judged = all.length;
      const missing = [...awaited];
      const unexpected = news.filter(({ place, text }) => {
        const found = missing.findIndex(([where, what]) => where === place && what.test(text));
        if (found >= 0) missing.splice(found, 1);
        return found < 0;
      });
      assertSame({ unexpected, missing }, { unexpected: [], missing: [] });
    },
    all: () => all,
  };
}

const saidWithinMs = 60_000;

/** In a form, blocks arrive as text. */
function blocksOf(blocks: unknown): unknown {
  return typeof blocks === 'string' ? parseJson(blocks) : blocks;
}

function placeOf({ workspace }: SlackSandbox, id: string): string {
  // A person's id stands for the direct messages with them.
  const name = workspace.users.get(id)?.name;
  if (name !== undefined) return `@${name}`;
  const channel = workspace.channels.get(id);
  if (channel === undefined || channel.kind !== 'dm') return `#${channel?.name ?? id}`;
  const person = [...channel.members].find((member) => member !== workspace.botUserId);
  return `@${workspace.users.get(person ?? '')?.name ?? id}`;
}

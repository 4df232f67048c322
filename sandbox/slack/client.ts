import type { Control } from './control.ts';
import type { DeedAnswer } from './interactions.ts';
import type { Snapshot } from './protocol.ts';
import type { Workspace } from './state.ts';
import type { TrafficLog } from './traffic.ts';

export interface PersonClient {
  id: string;
  snapshot(): Snapshot;
  command(line: string, channel?: string): Promise<DeedAnswer>;
  say(text: string, channel?: string): Promise<DeedAnswer>;
}

export interface ClientParts {
  workspace: Workspace;
  control: Control;
  traffic: TrafficLog;
  user: string;
}

export function createClient({ workspace, control, user }: ClientParts): PersonClient {
  const channelId = (name: string) => workspace.channel(name)?.id ?? name;
  return {
    id: user,
    snapshot: () => control.snapshot(user),
    command: (line, channel = 'general') =>
      control.do('message', { as: user, channel: channelId(channel), text: line }),
    say: (text, channel = 'general') => control.do('message', { as: user, channel: channelId(channel), text }),
  };
}

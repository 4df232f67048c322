import { App, HTTPReceiver } from '@slack/bolt';

/** One listener: the kind of payload, the id it takes, and what Bolt would call. */
export interface Registered {
  kind: string;
  id: string | RegExp;
  handle(payload: object): Promise<void>;
}

interface Constraints {
  type: string;
  action_id?: string | RegExp;
  callback_id?: string;
}

/** A Bolt app that is never started and only writes down what is registered on it; slash commands and events aside. */
export function recordingApp(): { app: App; registered: Registered[] } {
  const registered: Registered[] = [];
  const take = ({ type, action_id, callback_id = '' }: Constraints, handle: Registered['handle']): void => {
    registered.push({ kind: type, id: action_id ?? callback_id, handle });
  };
  const receiver = new HTTPReceiver({ signingSecret: 'unused' });
  const app = new App({ receiver, token: 'xoxb-unused', deferInitialization: true });
  return {
    app: Object.assign(app, {
      action: take,
      view: take,
      options: take,
      shortcut: take,
      command: () => {},
      event: () => {},
    }),
    registered,
  };
}

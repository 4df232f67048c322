import type { IncomingMessage, ServerResponse } from 'node:http';

/** Whether Slack's requests carry signatures that the secret of the settings explains. */
export interface Signatures {
  /** Looks at a request to Slack's path and what was answered. */
  watch(request: IncomingMessage, response: ServerResponse): void;
  /** Several requests in a row were refused for their signature, and none was accepted since. */
  areWrong(): boolean;
}

/** Anybody may send one; Slack tries each of its requests several times. */
const minRefused = 3;

/** Bolt answers 401 to a request whose signature is wrong or too old, and to nothing else. */
export function createSignatures(): Signatures {
  let refused = 0;
  return {
    watch(request, response) {
      if (!request.headers['x-slack-signature']) return;
      response.once('finish', () => {
        refused = response.statusCode === 401 ? refused + 1 : 0;
      });
    },
    areWrong: () => refused >= minRefused,
  };
}

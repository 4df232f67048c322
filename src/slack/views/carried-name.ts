import { writeJson } from './json-value.ts';
import { plainName } from './mrkdwn.ts';

const maxLength = 60;

/** So much room a name may take within a value that is itself part of another one: most signs are written as they are. */
const maxWritten = 140;

/** One sign takes at most so much room there: of each there are at least as many too many as this makes. */
const mostPerSign = 7;

/** As much of the name of a file as goes with a form, of which there may be eight: whatever it consists of, it fits. */
export function carriedName(name: string): string {
  let carried = plainName(name, maxLength);
  for (;;) {
    const over = writeJson(writeJson(carried)).length - maxWritten;
    if (over <= 0) return carried;
    carried = plainName(carried, carried.length - Math.ceil(over / mostPerSign));
  }
}

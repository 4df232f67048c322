import { writeJson } from './json-value.ts';
import { plainName } from './mrkdwn.ts';

const maxLength = 60;

/** So much room a name may take within a value that is itself part of another one: most signs are written as they are. */
const maxWritten = 140;

/** As much of the name of a file as goes with a form, of which there may be eight: whatever it consists of, it fits. */
export function carriedName(name: string): string {
  let carried = plainName(name, maxLength);
  for (let length = carried.length; writeJson(writeJson(carried)).length > maxWritten; length -= 1) {
    carried = plainName(carried, length);
  }
  return carried;
}

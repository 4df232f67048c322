/**
 * Writes into a build which commit it was made from: `node packaging/stamp.mjs <folder of the build>`, in the project's
 * folder. `DIALDECK_COMMIT` says it where there is no checkout, as in a container's build. Without either, the build
 * knows of no commit.
 */
import { execFileSync } from 'node:child_process';
import { realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, cwd, env, exit, stderr } from 'node:process';

/** What git says; null without git, outside of a checkout, or when it refuses. */
function git(...words) {
  try {
    return execFileSync('git', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return null;
  }
}

/** Sources that were unpacked inside another project's checkout are not of that checkout's commit. */
function commitOfCheckout() {
  const top = git('rev-parse', '--show-toplevel');
  if (top === null || realpathSync(top) !== realpathSync(cwd())) return null;
  const commit = git('rev-parse', 'HEAD');
  if (commit === null) return null;
  return git('status', '--porcelain', '--untracked-files=no') === '' ? commit : `${commit}-changed`;
}

const [, , folder] = argv;
const commit = env.DIALDECK_COMMIT || commitOfCheckout();
if (folder === undefined || (commit !== null && !/^[0-9a-f]{7,64}(-changed)?$/.test(commit))) {
  stderr.write('usage: node packaging/stamp.mjs <folder>; DIALDECK_COMMIT must be the hash of a commit\n');
  exit(2);
}
writeFileSync(join(folder, 'build.json'), `${JSON.stringify({ commit })}\n`);

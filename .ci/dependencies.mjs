/**
 * Checks what is shipped: no package whose license is incompatible with ours, none with a known vulnerability of level
 * high or critical.
 *
 *   node .ci/dependencies.mjs licenses [folder]
 *   npm audit --omit=dev --audit-level=high --json | node .ci/dependencies.mjs advisories
 *
 * Exits with 1 when a package fails. A registry that knows no advisories fails nothing, and that is said.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, exit, stdin, stdout } from 'node:process';

/** Licenses (SPDX) under which we may ship a package. */
const allowed = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Python-2.0',
  'Unlicense',
]);

/** Whether an SPDX expression leaves us a choice that is allowed. Exceptions (`WITH`) are not: somebody must look. */
function isAllowed(expression) {
  // OR binds less than AND; brackets are looked into first.
  const inner = expression.replace(/\(([^()]*)\)/g, (_, part) => (isAllowed(part) ? 'MIT' : 'refused'));
  if (inner !== expression) return isAllowed(inner);
  return inner
    .split(/\s+OR\s+/i)
    .some((choice) => choice.split(/\s+AND\s+/i).every((license) => allowed.has(license.trim())));
}

/** What a package says of itself: an expression, or the objects of old packages. */
function licenseOf({ license, licenses }) {
  const given = license ?? licenses;
  const names = [given].flat().map((one) => (typeof one === 'object' ? one?.type : one));
  return names.filter((name) => typeof name === 'string').join(' OR ') || 'none';
}

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** The packages of the lock file that are installed without development. */
function shipped(folder) {
  const { packages } = readJson(join(folder, 'package-lock.json'));
  return Object.entries(packages)
    .filter(([path, entry]) => path !== '' && entry.dev !== true)
    .map(([path, entry]) => {
      const file = join(folder, path, 'package.json');
      // A package for another platform is not installed here; the lock file knows its license.
      const own = existsSync(file) ? readJson(file) : entry;
      return { name: `${path.replace(/^.*node_modules\//, '')}@${entry.version}`, license: licenseOf(own) };
    });
}

function checkLicenses(folder) {
  const packages = shipped(folder);
  const refused = packages.filter(({ license }) => !isAllowed(license));
  for (const { name, license } of refused) stdout.write(`${name} is licensed ${license}, which is not on the list\n`);
  if (packages.length === 0) stdout.write('no production dependency was found\n');
  else if (refused.length === 0)
    stdout.write(`${packages.length} packages are shipped, all under licenses of the list.\n`);
  return refused.length === 0 && packages.length > 0;
}

function checkAdvisories(answer) {
  let report;
  try {
    report = JSON.parse(answer);
  } catch {
    report = {};
  }
  if (typeof report.vulnerabilities !== 'object') {
    const why = String(report.message ?? report.error?.summary ?? 'npm audit gave no report').slice(0, 200);
    stdout.write(`NOT CHECKED for known vulnerabilities: the registry does not tell (${why}).\n`);
    return true;
  }
  const found = Object.values(report.vulnerabilities).filter(({ severity }) => /^(?:high|critical)$/.test(severity));
  for (const { name, severity, range, via } of found) {
    const titles = [via].flat().map((one) => (typeof one === 'object' ? `${one.title} ${one.url}` : one));
    stdout.write(`${name} ${range} (${severity}): ${titles.join('; ')}\n`);
  }
  if (found.length === 0) stdout.write('No shipped package has a known vulnerability of level high or critical.\n');
  return found.length === 0;
}

async function readAll(stream) {
  let text = '';
  for await (const chunk of stream) text += chunk;
  return text;
}

const [, , what, folder = '.'] = argv;
if (what === 'licenses') exit(checkLicenses(folder) ? 0 : 1);
else if (what === 'advisories') exit(checkAdvisories(await readAll(stdin)) ? 0 : 1);
else {
  stdout.write('usage: node .ci/dependencies.mjs licenses [folder] | advisories\n');
  exit(2);
}

import { fold } from '../text/fold.ts';
import { type GivenHours, type HoursIssue, readHours } from './read-hours.ts';

/** A quiet-hours group as a person may name it. */
export interface NamedGroup {
  id: string;
  name: string;
}

/** What was asked for behind the command: a group, and perhaps its hours. */
export type QuietRequest<Group extends NamedGroup> =
  | { kind: 'open'; group: Group }
  | { kind: 'set'; group: Group; given: Exclude<GivenHours, { kind: 'issue' }> }
  /** The group is clear, and what follows it is not. */
  | { kind: 'issue'; group: Group; issue: HoursIssue }
  /** `hours`: what was typed behind, for the one that is chosen; '' where nothing was. */
  | { kind: 'many'; groups: Group[]; hours: string }
  | { kind: 'none' };

/** More characters than this name nothing. */
const maxRequestLength = 2_000;
/** Names of more words than this are not looked for part by part. */
const maxNameWords = 20;

/**
 * Reads `<group> [hours]`, where the group is its name, its id, or a part of its name. A whole name wins, the longest
 * first, for a name may hold hours itself; of a part, one that is followed by hours wins. Between several groups,
 * nothing is chosen.
 */
export function readRequest<Group extends NamedGroup>(text: string, groups: readonly Group[]): QuietRequest<Group> {
  if (text.length > maxRequestLength) return { kind: 'none' };
  const typed = fold(text.replaceAll(/[\r\n]+/g, ';'));
  const whole = groups.filter((group) => isNamed(group, unquoted(typed)));
  if (whole.length > 0) return whole.length === 1 && whole[0] ? { kind: 'open', group: whole[0] } : many(whole, '');
  return wholeName(typed, groups) ?? partOfName(typed, groups);
}

const many = <Group extends NamedGroup>(groups: Group[], hours: string): QuietRequest<Group> => ({
  kind: 'many',
  groups,
  hours: hours.trim(),
});
const namesOf = ({ name, id }: NamedGroup): string[] => [fold(name), fold(id)].filter((text) => text !== '');
const isNamed = (group: NamedGroup, typed: string): boolean => namesOf(group).includes(typed);
const unquoted = (text: string): string => /^(["'])(.*)\1$/.exec(text)?.[2]?.trim() ?? text;

/** Whole names at the beginning of what was typed; null when there is none. */
function wholeName<Group extends NamedGroup>(typed: string, groups: readonly Group[]): QuietRequest<Group> | null {
  const begun = groups
    .flatMap((group) =>
      namesOf(group).flatMap((name) => [name, `"${name}"`, `'${name}'`].map((form) => ({ group, form }))),
    )
    .filter(({ form }) => typed.startsWith(form))
    .sort((a, b) => b.form.length - a.form.length);
  const read = begun.map(({ group, form }) => ({ group, form, given: readHours(typed.slice(form.length)) }));
  const found = read.find(({ given }) => given.kind !== 'issue') ?? read[0];
  if (found === undefined) return null;
  const same = [...new Set(read.filter(({ form }) => form === found.form).map(({ group }) => group))];
  return same.length > 1 ? many(same, typed.slice(found.form.length)) : withHours(found.group, found.given);
}

/** The beginning of what was typed as a part of a name, followed by hours; or all of it as a part of a name. */
function partOfName<Group extends NamedGroup>(typed: string, groups: readonly Group[]): QuietRequest<Group> {
  const matching = (part: string): Group[] => groups.filter(({ name }) => part !== '' && fold(name).includes(part));
  const words = typed.split(' ');
  let unclear: Typed<Group> | null = null;
  for (let count = 1; count < Math.min(words.length, maxNameWords + 1); count += 1) {
    const found = matching(unquoted(words.slice(0, count).join(' ')));
    if (found.length === 0) continue;
    const hours = words.slice(count).join(' ');
    const given = readHours(hours);
    if (given.kind !== 'issue') return one({ groups: found, hours, given });
    unclear = { groups: found, hours, given };
  }
  const all = matching(unquoted(typed));
  if (all.length > 0) return one({ groups: all, hours: '', given: null });
  return unclear === null ? { kind: 'none' } : one(unclear);
}

/** The groups that were named, and what follows them. */
interface Typed<Group> {
  groups: Group[];
  hours: string;
  given: GivenHours | null;
}

function one<Group extends NamedGroup>({ groups, hours, given }: Typed<Group>): QuietRequest<Group> {
  const [group] = groups;
  if (group === undefined || groups.length > 1) return many(groups, hours);
  return given === null ? { kind: 'open', group } : withHours(group, given);
}

function withHours<Group extends NamedGroup>(group: Group, given: GivenHours): QuietRequest<Group> {
  return given.kind === 'issue' ? { kind: 'issue', group, issue: given.issue } : { kind: 'set', group, given };
}

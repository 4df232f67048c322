import type { Catalogue } from '../../i18n/en.ts';
import { type CommandName, commands, findCommand } from '../command-words.ts';
import { fitMessage, type MessageBody } from './limits.ts';
import { code, named, plainName, toType } from './mrkdwn.ts';
import { context, present, section } from './parts.ts';

/** What examples may name. */
const exampleThings = ['task', 'line', 'group', 'channel'] as const;
export type ExampleThing = (typeof exampleThings)[number];

/** What there is of each here, by the name that it is found by, a channel without its `#`; null or absent: not known. */
export type ExampleNames = Partial<Record<ExampleThing, string | null>>;

const maxTypableLength = 40;

/** Whether a name can be pasted as help shows it: not cut or masked, and nothing in it means anything where it is typed. */
export function isTypable(name: string): boolean {
  return name !== '' && plainName(name, maxTypableLength) === name && !/[`*_~<>&:@#"'“”‘’「」『』]/.test(name);
}

/** What the examples of a command name. */
export function thingsIn(name: CommandName, t: Catalogue): ExampleThing[] {
  return exampleThings.filter((thing) => t.commands[name].examples.some((example) => example.includes(`{${thing}}`)));
}

/** The examples of a command that work here, pasted as they are; those of which nothing is known to name are left out. */
export function examplesOf(name: CommandName, names: ExampleNames, t: Catalogue): string[] {
  return t.commands[name].examples.flatMap((example) => {
    const isLacking = exampleThings.some((thing) => example.includes(`{${thing}}`) && !isTypable(names[thing] ?? ''));
    if (isLacking) return [];
    return exampleThings.reduce((text, thing) => text.replaceAll(`{${thing}}`, () => names[thing] ?? ''), example);
  });
}

export interface Help {
  command: string;
  /** The word of a command; null for all of them. */
  topic: string | null;
  names: ExampleNames;
}

/** All commands in one line each, or one command with examples to paste. */
export function helpMessage({ command, topic, names }: Help, t: Catalogue): MessageBody {
  const name = topic === null || topic.trim() === '' ? null : findCommand(topic);
  if (name !== null) return topicMessage({ command, name, names }, t);
  const unknown = topic === null || topic.trim() === '' ? null : t.answers.noTopic(t.units.quote(named(topic, 40)));
  const lines = commands.map((spec) => `${usage(command, spec.name, t)}  ${t.commands[spec.name].hint}`);
  return fitMessage({
    text: unknown ?? t.answers.help,
    blocks: present([
      section(unknown ?? `*${t.answers.help}*`),
      section(lines.join('\n')),
      context(t.answers.howToName),
      context(t.answers.helpTopic(toType(command, `${t.commands.help.word} ${t.commands.import.word}`))),
    ]),
  });
}

function topicMessage(
  { command, name, names }: { command: string; name: CommandName; names: ExampleNames },
  t: Catalogue,
): MessageBody {
  const { hint, word } = t.commands[name];
  const examples = examplesOf(name, names, t);
  const spec = commands.find((known) => known.name === name);
  const others = [name, ...(spec?.aliases ?? [])].filter((other) => other !== word);
  return fitMessage({
    text: hint,
    blocks: present([
      section(`${usage(command, name, t)}\n${hint}`),
      section(`*${t.answers.examples}*\n${examples.map((example) => toType(command, example)).join('\n')}`),
      others.length > 0 ? context(t.answers.alias(others.map(code).join(t.units.separator))) : null,
    ]),
  });
}

function usage(command: string, name: CommandName, t: Catalogue): string {
  return toType(command, `${t.commands[name].word} ${t.commands[name].args}`.trim());
}

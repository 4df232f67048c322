import type { Catalogue } from '../../i18n/en.ts';
import { type CommandName, commands, findCommand } from '../command-words.ts';
import { fitMessage, type MessageBody } from './limits.ts';
import { code, named, toType } from './mrkdwn.ts';
import { context, present, section } from './parts.ts';

/** All commands in one line each, or one command with examples to paste. */
export function helpMessage({ command, topic }: { command: string; topic: string | null }, t: Catalogue): MessageBody {
  const name = topic === null || topic.trim() === '' ? null : findCommand(topic);
  if (name !== null) return topicMessage(command, name, t);
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

function topicMessage(command: string, name: CommandName, t: Catalogue): MessageBody {
  const { hint, examples, word } = t.commands[name];
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

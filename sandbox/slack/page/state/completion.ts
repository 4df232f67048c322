import type { Channel, Person, Snapshot } from '../../protocol.ts';

interface Suggestion {
  key: string;
  /** Replaces the text between `from` and the caret. */
  insert: string;
  label: string;
  hint: string;
}

export interface Completion {
  from: number;
  suggestions: Suggestion[];
  /** Enter takes the first suggestion even when none was picked: what was typed cannot be sent as it is. */
  eager: boolean;
  /** What may follow, shown when there is nothing left to complete. */
  usage: string;
}

interface Known {
  app: Snapshot['app'];
  people: Person[];
  channels: Channel[];
}

const most = 8;

/** Completions for the text before the caret: commands, their subcommands, people, channels. */
export function complete(text: string, caret: number, known: Known): Completion | null {
  const before = text.slice(0, caret);
  return commandCompletion(before, known) ?? mentionCompletion(before, known);
}

function commandCompletion(before: string, { app }: Known): Completion | null {
  const match = /^(\/\S*)(?:\s+(\S*))?$/.exec(before);
  if (!match) return null;
  const [, word = '', rest] = match;
  const exact = app.commands.find((command) => command.command === word);
  if (rest === undefined) {
    const suggestions = app.commands
      .filter((command) => command.command.startsWith(word))
      .map((command) => ({
        key: command.command,
        insert: `${command.command} `,
        label: command.command,
        hint: [command.usageHint, command.description].filter(Boolean).join(' · '),
      }));
    return suggestions.length === 0 ? null : { from: 0, suggestions, eager: !exact, usage: '' };
  }
  if (!exact) return null;
  const suggestions = exact.subcommands
    .filter((subcommand) => subcommand.word.startsWith(rest))
    .slice(0, 20)
    .map((subcommand) => ({
      key: subcommand.word,
      insert: `${subcommand.word} `,
      label: `${exact.command} ${subcommand.word}`,
      hint: subcommand.hint,
    }));
  const from = before.length - rest.length;
  if (suggestions.length > 0) return { from, suggestions, eager: false, usage: '' };
  return exact.usageHint === '' ? null : { from, suggestions: [], eager: false, usage: `${word} ${exact.usageHint}` };
}

function mentionCompletion(before: string, { people, channels }: Known): Completion | null {
  const match = /(?:^|\s)([@#])([^\s@#]*)$/.exec(before);
  if (!match) return null;
  const [, sign, part = ''] = match;
  const wanted = part.toLowerCase();
  const from = before.length - part.length - 1;
  const suggestions =
    sign === '@'
      ? people
          .filter((person) => `${person.name} ${person.realName}`.toLowerCase().includes(wanted))
          .map((person) => ({
            key: person.id,
            insert: `@${person.name} `,
            label: person.realName,
            hint: `@${person.name}`,
          }))
      : channels
          .filter((channel) => channel.kind !== 'dm' && channel.name.toLowerCase().includes(wanted))
          .map((channel) => ({
            key: channel.id,
            insert: `#${channel.name} `,
            label: `#${channel.name}`,
            hint: channel.topic,
          }));
  return suggestions.length === 0 ? null : { from, suggestions: suggestions.slice(0, most), eager: true, usage: '' };
}

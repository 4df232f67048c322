import { maySee } from './access.ts';
import { typedMarkup } from './escaping.ts';
import type { World } from './world.ts';

/** `&`, `<` and `>` as Slack escapes them in what people type. */
function escaped(typed: string): string {
  return typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/**
 * Text typed behind a slash command with `should_escape`: mentions of what this person can see are written by Slack,
 * and whatever looks like one but was typed stays escaped.
 */
export function commandText(world: World, user: string, typed: string): string {
  return linkMentions(world, typedMarkup(typed), user);
}

/** `@name` and `#channel` as Slack writes them into messages; private channels only for their members. */
function linkMentions({ workspace }: World, text: string, user: string | null): string {
  const users = [...workspace.users.values()];
  return text
    .replace(/(^|\s)@([\p{L}\p{N}._-]+)/gu, (whole, before: string, name: string) => {
      const user = users.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
      return user ? `${before}<@${user.id}|${user.name}>` : whole;
    })
    .replace(/(^|\s)#([\p{L}\p{N}._-]+)/gu, (whole, before: string, name: string) => {
      const channel = workspace.channel(name);
      const seen = user === null ? channel?.kind === 'public' : channel !== undefined && maySee(channel, user);
      return channel && seen ? `${before}<#${channel.id}|${channel.name}>` : whole;
    });
}

/** Text as people type it, in the form Slack stores: entities escaped, mentions linked. */
export function storedText(world: World, typed: string): string {
  const kept = escaped(typed).replace(/&lt;([@#!][\w|.-]+)&gt;/g, '<$1>');
  return linkMentions(world, kept, null).replace(/<@(\w+)\|[^>]*>/g, '<@$1>');
}

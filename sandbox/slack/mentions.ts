import type { World } from './world.ts';

/** `@name` and `#channel` as Slack writes them into messages. */
export function linkMentions({ workspace }: World, text: string): string {
  const users = [...workspace.users.values()];
  return text
    .replace(/(^|\s)@([\p{L}\p{N}._-]+)/gu, (whole, before: string, name: string) => {
      const user = users.find((candidate) => candidate.name === name);
      return user ? `${before}<@${user.id}|${user.name}>` : whole;
    })
    .replace(/(^|\s)#([\p{L}\p{N}._-]+)/gu, (whole, before: string, name: string) => {
      const channel = workspace.channel(name);
      return channel && channel.kind === 'public' ? `${before}<#${channel.id}|${channel.name}>` : whole;
    });
}

/** Text as people type it, in the form Slack stores: entities escaped, mentions linked. */
export function storedText(world: World, typed: string): string {
  const escaped = typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const kept = escaped.replace(/&lt;([@#!][\w|.-]+)&gt;/g, '<$1>');
  return linkMentions(world, kept).replace(/<@(\w+)\|[^>]*>/g, '<@$1>');
}

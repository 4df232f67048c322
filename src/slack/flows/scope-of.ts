import type { SubscriptionScope } from '../../core/model/subscription.ts';
import type { NamedLine } from '../../core/subscriptions/find-line.ts';
import { maxNamePart } from '../../core/subscriptions/read-wish.ts';
import type { WideWish } from '../../core/subscriptions/subscriptions.ts';
import { fold } from '../../core/text/fold.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { escapeMarkup } from '../../i18n/escape.ts';
import type { Interaction } from '../bolt/interaction.ts';
import { runnable } from '../bolt/typed.ts';
import type { SlackDeps } from '../deps.ts';
import { examplesMessage, textMessage } from '../views/answers.ts';
import type { MessageBody } from '../views/limits.ts';
import { named } from '../views/mrkdwn.ts';
import { warning } from '../views/state.ts';

/**
 * The tasks that a person means; `none`: there is no such line; `answered`: it is not clear which they mean. `again`: the
 * words that name a line instead, each of which becomes a button.
 */
export async function scopeOf(
  { subscriptions }: SlackDeps,
  { person, t, answer }: Interaction,
  wish: WideWish,
  again?: (line: string) => string,
): Promise<SubscriptionScope | 'none' | 'answered'> {
  switch (wish.kind) {
    case 'all':
      return { kind: 'all' };
    case 'mine':
      return { kind: 'mine', person };
    case 'name':
      if (wish.text.length <= maxNamePart) return { kind: 'name', text: wish.text };
      await answer(textMessage(`${warning} ${t.subscriptions.nameTooLong}`));
      return 'answered';
    case 'line': {
      const found = await subscriptions.lineNamed(wish.text);
      if (found.kind === 'one') return { kind: 'line', lineId: found.line.id, name: found.line.name };
      if (found.kind === 'none') return 'none';
      await answer(whichLineMessage(found.lines, t, again));
      return 'answered';
    }
  }
}

const shownLines = 10;

export function whichLineMessage(
  lines: readonly NamedLine[],
  t: Catalogue,
  again?: (line: string) => string,
): MessageBody {
  const names = lines.slice(0, shownLines).map(({ name }) => `*${named(name)}*`);
  const text = `${warning} ${t.subscriptions.whichLine(names.join(t.units.separator))}`;
  if (again === undefined) return textMessage(text);
  // Two lines of one name are told apart by their ids alone.
  const isUnique = ({ name }: NamedLine): boolean =>
    lines.filter((line) => fold(line.name) === fold(name)).length === 1;
  const words = lines.slice(0, shownLines).map((line) => again(escapeMarkup(isUnique(line) ? line.name : line.id)));
  return examplesMessage({ text, examples: words.filter((one) => runnable(one) !== null) }, t);
}

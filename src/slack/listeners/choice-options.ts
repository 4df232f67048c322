import { choiceFields } from '../../core/model/fields.ts';
import type { Choices } from '../../core/tasks/choices.ts';
import { onQuery } from '../bolt/suggest.ts';
import type { Register } from '../deps.ts';
import { suggestOptions } from '../views/forms.ts';

/** Type-ahead over the whole list of a choice in the task form. */
export const choiceOptions: Register = (app, deps) => {
  for (const { name: field } of choiceFields) {
    onQuery<Choices | null>(app, deps, field, {
      atHand: ({ data }) => deps.choices.last(data.current),
      // After a restart with an open form, nothing is cached yet.
      read: ({ data }) => deps.choices.fresh(data.current),
      atLast: () => null,
      options: (choices, query, t) => (choices === null ? [] : suggestOptions({ field, choices, query }, t)),
    });
  }
};

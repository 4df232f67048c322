import { choiceFields } from '../../core/model/fields.ts';
import { readPrivateData } from '../bolt/private-data.ts';
import type { Register } from '../deps.ts';
import { inTime } from '../flows/in-time.ts';
import { choicesFor } from '../flows/task-form.ts';
import { suggestOptions } from '../views/forms.ts';

/** Type-ahead over the whole list, for menus of more than a hundred entries. */
export const choiceOptions: Register = (app, deps) => {
  for (const { name: field } of choiceFields) {
    app.options<'block_suggestion'>(
      { type: 'block_suggestion', action_id: field },
      async ({ ack, payload, body, client }) => {
        const t = await deps.catalogueFor(body.user.id, client);
        const data = body.view === undefined ? { channel: body.user.id } : readPrivateData(body.view.private_metadata);
        // After a restart with an open form nothing is at hand yet.
        const read = deps.metadata.last() ?? (await inTime(deps, deps.metadata.fresh(), null));
        const choices = read === null ? null : choicesFor(deps, data, read);
        await ack({ options: choices === null ? [] : suggestOptions({ field, choices, query: payload.value }, t) });
      },
    );
  }
};

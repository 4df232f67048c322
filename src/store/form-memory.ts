import type { ExpressionBuilder } from 'kysely';
import { z } from 'zod';
import { rawDraft } from '../core/model/fields.ts';
import { keptForm, lastChoices } from '../core/model/form-memory.ts';
import { maxKeptForms } from '../core/tasks/form-memory.ts';
import type { FormStore } from '../core/tasks/ports.ts';
import type { Db } from './db.ts';
import { fromJson, parseRow, parseRows, storable } from './rows.ts';
import type { Schema } from './schema.ts';

const lastRow = z.object({ body: fromJson(lastChoices) });
const row = keptForm
  .omit({ task: true })
  .extend({
    raw: fromJson(rawDraft),
    file: fromJson(keptForm.shape.file.unwrap()).nullable(),
    taskId: z.string().nullable(),
    alteredAt: z.number().nullable(),
  })
  .transform(({ taskId, alteredAt, ...form }) => ({
    ...form,
    task: taskId === null ? null : { id: taskId, alteredAt },
  }));

export function formMemory(db: Db): FormStore {
  const { query } = db;
  return {
    async lastChoices(person) {
      const found = await query.selectFrom('lastChoices').select('body').where('person', '=', person).execute();
      return (await parseRows('last_choices', lastRow, found, db.log))[0]?.body ?? null;
    },

    async setLastChoices(person, choices, at) {
      const body = storable(JSON.stringify(choices));
      await query
        .insertInto('lastChoices')
        .values({ person, at, body })
        .onConflict((conflict) => conflict.column('person').doUpdateSet({ at, body }))
        .execute();
    },

    async keepForm({ key, person, channel, savedAt, raw, file, task }) {
      const kept = {
        channel,
        savedAt,
        raw: storable(JSON.stringify(raw)),
        file: file === null ? null : storable(JSON.stringify(file)),
        taskId: task?.id ?? null,
        alteredAt: task?.alteredAt ?? null,
      };
      await query.transaction().execute(async (transaction) => {
        const submitted = await transaction
          .selectFrom('submissions')
          .select('key')
          .where('key', '=', key)
          .where('state', '!=', 'refused')
          .execute();
        if (submitted.length > 0) return;
        await transaction
          .insertInto('keptForms')
          .values({ key, person, ...kept })
          .onConflict((conflict) => conflict.column('key').doUpdateSet(kept).where('keptForms.person', '=', person))
          .execute();
        const rest = await transaction
          .selectFrom('keptForms')
          .select('key')
          .where('person', '=', person)
          // Whatever the clock says, the one that is kept now is the newest.
          .where('key', '!=', key)
          .orderBy('savedAt', 'desc')
          .orderBy('key')
          .offset(maxKeptForms - 1)
          .limit(maxKeptForms)
          .execute();
        const keys = rest.map((one) => one.key);
        if (keys.length > 0) await transaction.deleteFrom('keptForms').where('key', 'in', keys).execute();
      });
    },

    async keptForms(person) {
      const found = await query
        .selectFrom('keptForms')
        .selectAll()
        .where('person', '=', person)
        .where((one) => one.not(isBeingCreated(one)))
        .orderBy('savedAt', 'desc')
        .orderBy('key')
        .limit(maxKeptForms)
        .execute();
      return parseRows('kept_forms', row, found, db.log);
    },

    async keptForm(key, person) {
      const found = await query
        .selectFrom('keptForms')
        .selectAll()
        .where('key', '=', key)
        .where('person', '=', person)
        .executeTakeFirst();
      return found === undefined ? null : parseRow('kept_forms', row, found);
    },

    async takeForm(key, person, as) {
      const [taken] = await query
        .updateTable('keptForms')
        .set({ key: as })
        .where('key', '=', key)
        .where('person', '=', person)
        .where((one) => one.not(isBeingCreated(one)))
        .returningAll()
        .execute();
      return taken === undefined ? null : parseRow('kept_forms', row, taken);
    },

    async dropForm(key, person) {
      await query.deleteFrom('keptForms').where('key', '=', key).where('person', '=', person).execute();
    },
  };
}

/** A task is being created from it, has been, or may have been. */
function isBeingCreated(form: ExpressionBuilder<Schema, 'keptForms'>) {
  return form.exists(
    form
      .selectFrom('submissions')
      .select('submissions.key')
      .whereRef('submissions.key', '=', 'keptForms.key')
      .where('submissions.state', '!=', 'refused'),
  );
}

import { z } from 'zod';
import { channelSettings, defaultChannelSettings } from '../core/model/channel-settings.ts';
import { defaultPersonSettings, personSettings } from '../core/model/person-settings.ts';
import type { NoticeSettings } from '../core/subscriptions/ports.ts';
import type { Db } from './db.ts';
import { fromJson, parseRows } from './rows.ts';
import { raise } from './sequences.ts';

const ofChannel = z.object({ body: fromJson(channelSettings) });
const ofPerson = z.object({ body: fromJson(personSettings) });

export function noticeSettings(db: Db): NoticeSettings {
  const channels = async (query = db.query, channel?: string) => {
    const all = query.selectFrom('channelSettings').selectAll();
    const rows = await (channel === undefined ? all : all.where('channel', '=', channel)).execute();
    return (await parseRows('channel_settings', ofChannel, rows, db.log)).map(({ body }) => body);
  };
  const people = async (query = db.query, person?: string) => {
    const all = query.selectFrom('personSettings').selectAll();
    const rows = await (person === undefined ? all : all.where('person', '=', person)).execute();
    return (await parseRows('person_settings', ofPerson, rows, db.log)).map(({ body }) => body);
  };

  return {
    channelSettings: () => channels(),
    async channelSettingsOf(channel) {
      return (await channels(db.query, channel))[0] ?? defaultChannelSettings(channel);
    },
    async changeChannelSettings(channel, change) {
      return db.query.transaction().execute(async (query) => {
        // First of all: the row of the sequence stays locked until the end, so that two changes are made one by one.
        await raise(query, 'watches');
        const [stored = defaultChannelSettings(channel)] = await channels(query, channel);
        const settings = { ...stored, ...change };
        const body = JSON.stringify(settings);
        await query
          .insertInto('channelSettings')
          .values({ channel, body })
          .onConflict((conflict) => conflict.column('channel').doUpdateSet({ body }))
          .execute();
        return settings;
      });
    },

    personSettings: () => people(),
    async personSettingsOf(person) {
      return (await people(db.query, person))[0] ?? defaultPersonSettings(person);
    },
    async changePersonSettings(person, change) {
      return db.query.transaction().execute(async (query) => {
        await raise(query, 'watches');
        const [stored = defaultPersonSettings(person)] = await people(query, person);
        const settings = { ...stored, ...change };
        const body = JSON.stringify(settings);
        await query
          .insertInto('personSettings')
          .values({ person, body })
          .onConflict((conflict) => conflict.column('person').doUpdateSet({ body }))
          .execute();
        return settings;
      });
    },
  };
}

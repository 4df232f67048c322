import { strict as assert } from 'node:assert';
import { readdir } from 'node:fs/promises';
import {
  type Chapter,
  clinic,
  importSlowly,
  importsSent,
  numbersOf,
  patience,
  phonesOf,
  previewed,
  spring,
  taskNamed,
  winter,
} from './cast.ts';
import { assertSame } from './same.ts';

/** From the archive to a store that was put back. */
export const firstYear: readonly Chapter[] = [
  {
    name: 'install',
    async play({ machine, bot, archives }) {
      await machine.install(archives.now);
      await machine.switchTo(archives.now.version);
      const doctor = await bot.succeeds(['doctor']);
      assert.match(doctor, /the first start creates it[\s\S]*Ready/);
      assertSame(await readdir(bot.dataDir), []);
      return [];
    },
  },
  {
    name: 'start',
    async play({ bot, archives }) {
      await bot.start();
      assert.equal((await bot.healthz()).version, archives.now.version);
      return [];
    },
  },
  {
    name: 'load: watches, a new task, an import, a start, the do-not-call list',
    async play(cast) {
      const { alice, limei, dialer } = cast;
      await alice.command(`/dial watch ${spring}`);
      await limei.command('/dial watch all');
      await limei.expectEphemeral('订阅', patience);
      await alice.command(`/dial new ${winter}`);
      const form = await alice.expectModal('task_create', patience);
      await form
        .fill({ line: 'Beijing Outbound A', script: '车险到期提醒', quiet_hours: '午休时间', redial_rule: '默认' })
        .submit();
      await (await alice.expectModal('Task created', patience)).close({ all: true });
      await (await previewed(cast, clinic, phonesOf(1, 300))).submit();
      const result = await alice.expectModal('Import result', patience);
      await (await result.expectText('300 numbers imported', patience)).close({ all: true });
      await alice.command(`/dial start ${clinic}`);
      await alice.expectEphemeral(/Clinic.*has started/, patience);
      await alice.command('/dial dnc add 13900009999');
      await alice.expectEphemeral('do-not-call', patience);
      assert.equal(numbersOf(dialer, clinic).length, 760);
      return [
        ['#outbound-calls', /Spring renewal/],
        ['#outbound-calls', /Winter check/],
      ];
    },
  },
  {
    name: 'backup in the middle of an import, which goes on',
    async play(cast) {
      const { bot, alice, dialer } = cast;
      await importSlowly(cast, winter, phonesOf(2, 1_000));
      const said = await bot.succeeds(['backup', '--keep', '3']);
      assert.match(said, /Checked: 2 watches, 1 open import\.\n.*sealed with NUMBERS_KEY/);
      cast.backup = /Backup: (\S+)/.exec(said)?.[1] ?? '';
      dialer.faults.clear();
      const result = await alice.expectModal('Import result', patience);
      await (await result.expectText('1,000 numbers imported', patience)).close({ all: true });
      assert.equal(numbersOf(dialer, winter).length, 1_000);
      return [];
    },
  },
  {
    name: 'after the backup: a watch, and a pause in the console of the platform',
    async play({ alice, dialer }) {
      await alice.command(`/dial watch ${clinic}`);
      dialer.rival(taskNamed(dialer, spring).uuid, { start: false });
      return [
        ['#outbound-calls', /Clinic/],
        ['#outbound-calls', /Spring.*paused outside Dialdeck/],
        ['#general', /Spring.*paused outside Dialdeck/],
      ];
    },
  },
  {
    name: 'crash (kill -9) in the middle of an import; started again, it goes on',
    async play(cast) {
      const { bot, alice, dialer } = cast;
      await importSlowly(cast, spring, phonesOf(3, 500));
      await bot.crash();
      dialer.faults.clear();
      await bot.start();
      await (await alice.expectModal('Import result', patience)).close({ all: true });
      // Of the batch whose answer was lost, nobody can say whether it arrived, unless the total settles it.
      return [['@alice', /500 numbers imported|400 numbers imported[\s\S]*100 numbers have an unknown outcome/]];
    },
  },
  {
    name: 'crash again, and restore the backup',
    async play(cast) {
      const { bot, alice, dialer } = cast;
      assert.ok([1_600, 1_700].includes(numbersOf(dialer, spring).length));
      await bot.crash();
      const sent = importsSent(cast);
      const said = await bot.succeeds(['restore', cast.backup]);
      assert.match(said, /The former database is .*before-restore-/);
      assert.match(said, /What was done since then is not in it: watches, settings and imports\./);
      assert.match(said, /Open imports: 1\. Each waits for its person/);
      await bot.start();
      await alice.command('/dial watch list');
      const list = await alice.expectEphemeral('Spring', patience);
      assert.doesNotMatch(list.text(), /Clinic/);
      assert.equal(importsSent(cast), sent);
      return [['@alice', /Winter check/]];
    },
  },
  {
    name: 'the person ends the import that the restored store had in doubt',
    async play(cast) {
      const { alice, dialer } = cast;
      const sent = importsSent(cast);
      await alice.command(`/dial imports ${winter}`);
      const runs = await alice.expectEphemeral('needs your decision', patience);
      await runs.press('import_run:cancel:0', { confirm: true });
      await alice.expectEphemeral(/have an unknown outcome/, patience);
      await alice.command(`/dial imports ${winter}`);
      await alice.expectEphemeral('ended early', patience);
      assert.equal(importsSent(cast), sent);
      assert.equal(numbersOf(dialer, winter).length, 1_000);
      return [];
    },
  },
];

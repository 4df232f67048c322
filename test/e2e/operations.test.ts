import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parts } from '../support/view-text.ts';
import { channel, type Mode, startWorld, taskNamed, type World } from '../support/world.ts';

const numbers = (count: number): string =>
  Array.from({ length: count }, (_, index) => `1380013${String(8000 + index)}`).join('\n');

describe.each<{ mode: Mode }>([{ mode: 'socket' }, { mode: 'http' }])(
  'every operation from chat, $mode',
  ({ mode }) => {
    let world: World;
    beforeAll(async () => {
      world = await startWorld({ mode });
    });
    afterAll(() => world.close());

    test('create: the menus come from the init metadata, every field reaches the wire under its own name and type', async () => {
      const { alice, dialer } = world;
      expect(await alice.command('/dial new Autumn check-in')).toMatchObject({ ok: true });
      const form = await alice.expectModal('task_create');
      await form
        .fill({
          script: 'Renewal reminder v3',
          line: 'Beijing Outbound A',
          concurrency: '3',
          pause_seconds: '7',
          ring_timeout: '45',
          quiet_hours: '午休时间',
          redial_rule: 'Retry no answer ×2',
          agent_group: 'VIP agents',
          remark: 'First wave',
        })
        .submit();
      await alice.expectModal('Task created');

      const sent = dialer.requests.filter((request) => request.route === 'create');
      expect(sent).toHaveLength(1);
      const body = JSON.parse(sent[0]?.body ?? '');
      const task = taskNamed(dialer, 'Autumn check-in');
      expect(body).toEqual({
        name: 'Autumn check-in',
        remark: 'First wave',
        caller_line_id: task.lineId,
        customer_service_id: 22,
        destination_extension: 447,
        disable_dial_timegroup: expect.any(String),
        auto_recycle_rule_id: 118,
        maximumcall: 3,
        call_pause_second: 7,
        _originate_timeout: 45,
        random_assignment_number: 0,
        recycle_limit: 0,
      });
      await alice.expectCard(channel, 'Autumn check-in');
    });

    test('import: pasted numbers are previewed, sent and counted', async () => {
      const { alice, dialer } = world;
      await alice.command('/dial import Autumn check-in');
      const form = await alice.expectModal('task_import');
      await form.fill({ numbers: `${numbers(12)}\n13800138000\n12345` }).submit();
      const preview = await alice.expectModal('task_import_send');
      expect(preview.text()).toContain('14 rows read');
      expect(preview.text()).toContain('138****8000');
      await preview.submit();
      const result = await alice.expectModal('Import result');
      expect(result.text()).toContain('12 numbers imported');
      expect(taskNamed(dialer, 'Autumn check-in').total).toBe(12);
      await result.close();
    });

    test('import: a CSV file in GB18030', async () => {
      const { alice, dialer } = world;
      // 姓名,电话 and 李雷 in GB18030.
      const header = Buffer.from([0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xb5, 0xe7, 0xbb, 0xb0, 0x0a]);
      const row = Buffer.concat([Buffer.from([0xc0, 0xee, 0xc0, 0xd7]), Buffer.from(',13900139000\n')]);
      await alice.command('/dial import Autumn check-in');
      const form = await alice.expectModal('task_import');
      await form.fill({ file: [{ name: 'list.csv', content: Buffer.concat([header, row]) }] }).submit();
      const preview = await alice.expectModal('task_import_send');
      expect(preview.text()).toContain('电话');
      await preview.submit();
      await alice.expectModal('Import result');
      const task = taskNamed(dialer, 'Autumn check-in');
      expect(dialer.numbers(task.uuid).at(-1)).toMatchObject({ phone: '13900139000', name: '李雷' });
    });

    test('list: numbered, and the numbers can be used', async () => {
      const { alice } = world;
      await alice.command('/dial list paused');
      const list = await alice.expectEphemeral('Clinic appointment check');
      const rows = parts(list.message(), 'data_table').flatMap(({ rows: all }) => all as { text?: string }[][]);
      const at = rows.findIndex((cells) => JSON.stringify(cells).includes('Clinic appointment check'));
      expect(rows[at]?.[0]?.text).toBe(String(at));
      await alice.command(`/dial show ${at}`);
      await alice.expectEphemeral(/Clinic appointment check[\s\S]*460/);
    });

    test('start and pause: confirmed by reading back, shown on the card', async () => {
      const { alice, dialer } = world;
      const { uuid: id } = taskNamed(dialer, 'Autumn check-in');
      const card = await alice.expectCard(channel, 'Autumn check-in');
      await card.press('task_start');
      await card.expectText('Dialing');
      expect(dialer.effects('start', id)).toBe(1);
      expect(card.buttons().map((button) => button.actionId)).toContain('task_pause');

      await alice.command('/dial pause Autumn check-in');
      await alice.expectEphemeral('is paused');
      expect(dialer.effects('stop', id)).toBe(1);
      await card.expectText('Paused');
    });

    test('modify: prefilled, old → new, the complete body is sent', async () => {
      const { alice, dialer } = world;
      const { uuid: id } = taskNamed(dialer, 'Autumn check-in');
      await alice.command('/dial edit Autumn check-in');
      const form = await alice.expectModal('task_edit');
      expect(form.value('name')).toBe('Autumn check-in');
      await form.fill({ concurrency: '5' }).submit();
      const difference = await alice.expectModal('task_edit_save');
      expect(difference.text()).toMatch(/3 → \*?5/);
      await difference.submit();
      await alice.expectModal('Task saved');
      const sent = dialer.requests.filter((request) => request.route === 'update');
      expect(sent).toHaveLength(1);
      expect(JSON.parse(sent[0]?.body ?? '')).toMatchObject({
        name: 'Autumn check-in',
        maximumcall: 5,
        call_pause_second: 7,
        remark: 'First wave',
        recycle_limit: 0,
        random_assignment_number: 0,
      });
      expect(sent[0]?.taskId).toBe(id);
    });

    test('delete: only with the typed name', async () => {
      const { alice, dialer } = world;
      const { uuid: id } = taskNamed(dialer, 'Autumn check-in');
      await alice.command('/dial delete Autumn check-in');
      const form = await alice.expectModal('task_delete');
      await form.fill({ confirm_name: 'Autumn' }).submit();
      await form.expectError('confirm_name');
      expect(dialer.effects('destroy')).toBe(0);
      await form.fill({ confirm_name: 'Autumn check-in' }).submit();
      await alice.expectModal('Task deleted');
      expect(dialer.effects('destroy', id)).toBe(1);
      const card = await alice.expectCard(channel, 'Autumn check-in');
      await card.expectText('no longer exists');
    });

    test('no change of a task went out twice, and none was announced to the one who made it', async () => {
      const { alice, app } = world;
      await app.pollNow();
      const texts = alice
        .snapshot()
        .channels.flatMap((seen) => seen.messages)
        .map((message) => message.text);
      expect(texts.filter((text) => text.includes('outside Dialdeck'))).toEqual([]);
    });
  },
);

import type { PersonClient } from '../slack/client.ts';

/** In the settings of the channel that the person looks at, chooses one board instead of a card per task. */
export async function chooseBoard(person: PersonClient): Promise<void> {
  await person.command('/dial watch settings');
  const form = await person.expectModal('notice_settings_save');
  await form.fill({ notice_style: 'board' }).submit();
  await form.expectText(/are saved|已保存/);
  await form.close();
}

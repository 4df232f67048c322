import { expect, test } from '@jest/globals';
import { command, describeDemo, dialog, message, placeOf, setSpeed, soon } from './stage.ts';

const looks = (['alice', 'limei'] as const).flatMap((person) =>
  [false, true].flatMap((dark) =>
    [1280, 390].map((width) => ({ person, dark, width, name: `${person}-${width}${dark ? '-dark' : ''}` })),
  ),
);
const boardChannel = 'C0BOARD001';

/** Everything that is in a channel, in both languages and at both sizes: to be looked at. */
describeDemo('what the channels of the demo look like', ({ demo, open, visit, shot }) => {
  test('with cards, a board, an alert and the settings', async () => {
    const page = await visit('alice', { channel: boardChannel });
    await message(page, 'Calling tasks').waitFor();
    // The line of one task ends within the week.
    await message(page, /The line .* expires/).waitFor(soon);
    await setSpeed(page, 'Pause');

    for (const { person, dark, width, name } of looks) {
      const size = width === 390 ? { width, height: 844, touch: true } : { width, height: 900 };
      const channelPage = await open(placeOf(demo().url, person), { ...size, dark });
      await message(channelPage, 'Spring renewal reminder').waitFor();
      await channelPage.getByRole('button', { name: /^(Skip the tour|跳过导览)$/ }).click();
      await shot(channelPage, `gallery-cards-${name}`);

      await channelPage.goto(placeOf(demo().url, person, boardChannel));
      const board = message(channelPage, 'Calling tasks');
      await board.waitFor();
      await shot(channelPage, `gallery-alert-${name}`);
      await board.evaluate((element) => void element.scrollIntoView({ block: 'start' }));
      await shot(channelPage, `gallery-board-${name}`);
      expect(await channelPage.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);

      await command(channelPage, '/dial watch settings');
      await dialog(channelPage).waitFor();
      await shot(channelPage, `gallery-settings-${name}`);
      await channelPage.keyboard.press('Escape');
      await dialog(channelPage).waitFor({ state: 'detached' });
    }
  }, 240_000);
});

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from '@jest/globals';
import { identifyBot } from '../../src/bot-identity.ts';

const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0))
    if (child.exitCode === null && child.kill('SIGKILL')) await once(child, 'exit');
});

/** Identifies itself, prints its id and waits. */
const program = `
  const { identifyBot } = await import(${JSON.stringify(new URL('../../src/bot-identity.ts', import.meta.url).href)});
  process.stdout.write((await identifyBot('child')).id);
  setInterval(() => {}, 1_000);
`;

async function startChild(): Promise<{ child: ChildProcess; id: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program]);
  children.push(child);
  const [id] = await once(child.stdout, 'data');
  return { child, id: String(id) };
}

const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('a process on this machine', () => {
  test('is gone when it was killed, and not before', async () => {
    const { isGone } = await identifyBot('me');
    const { child, id } = await startChild();
    expect(await isGone(id)).toBe(false);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await isGone(id)).toBe(true);
  });

  test('is gone when its process id was given to another one', async () => {
    const { id, isGone } = await identifyBot('me');
    const [place, pid] = id.split('/');
    expect(await isGone([place, pid, '1', 'me before the restart'].join('/'))).toBe(true);
  });

  test('is not gone as long as it runs, however many bots it is', async () => {
    const [one, two] = [await identifyBot('one'), await identifyBot('two')];
    expect(one.id).not.toBe(two.id);
    expect([await one.isGone(two.id), await two.isGone(one.id), await one.isGone(one.id)]).toEqual([
      false,
      false,
      false,
    ]);
  });
});

test.each(['', 'one', 'elsewhere/1/2/one', 'elsewhere/999999999/2/one', '////'])(
  'of %j nothing is known: another machine, container or system',
  async (id) => expect(await (await identifyBot('me')).isGone(id)).toBe(false),
);

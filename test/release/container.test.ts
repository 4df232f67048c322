import { execFile } from 'node:child_process';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { parse } from 'yaml';
import { createDialerSandbox, type DialerSandbox } from '../../sandbox/dialer/server.ts';
import { createSlackSandbox, type SlackSandbox } from '../../sandbox/slack/server.ts';
import { filesBelow, makePlace, removePlace } from '../support/release/archive.ts';
import { buildImage, type Image, instructionsIn, makeContext } from '../support/release/containerfile.ts';
import { processesWith, run, startInstalled } from '../support/release/program.ts';

jest.setTimeout(300_000);

const exec = promisify(execFile);
const commit = 'c0ffee0123456789c0ffee0123456789c0ffee01';
/** Only root may give the volume to the user of the image. */
const isRoot = process.getuid?.() === 0;

interface Service {
  image: string;
  build?: { context: string; dockerfile: string; args: Record<string, string> };
  user?: string;
  env_file?: string;
  environment: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  restart: string;
  read_only: boolean;
  tmpfs: string[];
  volumes: string[];
  cap_drop: string[];
  security_opt: string[];
  stop_grace_period: string;
}

describe('compose.yaml', () => {
  let services: Record<string, Service>;
  beforeAll(async () => {
    ({ services } = parse(await readFile('compose.yaml', 'utf8')) as { services: Record<string, Service> });
  });

  test('runs the bot of this version and a PostgreSQL of a named version, whose health the bot waits for', async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
    expect(Object.keys(services)).toEqual(['bot', 'postgres']);
    expect(services.bot?.build).toMatchObject({ context: '.', dockerfile: 'Containerfile' });
    expect(services.bot?.image).toBe(`dialdeck:${version}`);
    expect(services.postgres?.image).toMatch(/^postgres:\d+\.\d+-\w+(?:@sha256:\w{64})?$/);
    expect(services.bot?.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
    expect(services.postgres?.healthcheck?.test).toEqual(expect.arrayContaining(['CMD', 'pg_isready']));
  });

  test('gives the bot the address of that database, and the volume of the image', async () => {
    const { bot, postgres } = services;
    const url = new URL((bot?.environment.DATABASE_URL ?? '').replace(/\$\{POSTGRES_PASSWORD:[^}]*\}/, 'secret'));
    expect([url.hostname, url.username, url.pathname]).toEqual([
      'postgres',
      postgres?.environment.POSTGRES_USER,
      `/${postgres?.environment.POSTGRES_DB}`,
    ]);
    const [, folder] = (bot?.volumes[0] ?? '').split(':');
    expect(folder).toBe(bot?.environment.DATA_DIR);
    const volume = instructionsIn(await readFile('Containerfile', 'utf8')).find(({ name }) => name === 'VOLUME');
    expect(JSON.parse(volume?.rest ?? '')).toEqual([folder]);
  });

  test.each(['bot', 'postgres'])('%s: a root that cannot be written, no capabilities, restarted always', (name) => {
    const service = services[name];
    expect(service).toMatchObject({
      restart: 'always',
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
    expect(service?.tmpfs.some((one) => one.startsWith('/tmp'))).toBe(true);
    // The image of the bot names its user itself.
    if (name === 'postgres') expect(service?.user).toBe('postgres');
    // Longer than everything a stop waits for.
    expect(Number.parseInt(service?.stop_grace_period ?? '', 10)).toBeGreaterThan(10);
  });
});

test('base images are pinned to a version or a digest, from no registry in particular', async () => {
  const instructions = instructionsIn(await readFile('Containerfile', 'utf8'));
  const bases = instructions.filter(({ name }) => name === 'FROM').map(({ rest }) => rest.split(' ')[0]);
  expect(new Set(bases)).toEqual(new Set([`\${NODE_IMAGE}`]));
  const [arg] = instructions.filter(({ name, rest }) => name === 'ARG' && rest.startsWith('NODE_IMAGE='));
  expect(arg?.rest).toMatch(/^NODE_IMAGE=node:\d+\.\d+\.\d+-\w+-slim(?:@sha256:\w{64})?$/);
});

(isRoot ? describe : describe.skip)('the image that the steps of the Containerfile make', () => {
  let place: string;
  let image: Image;
  let slack: SlackSandbox;
  let dialer: DialerSandbox;
  beforeAll(async () => {
    slack = await createSlackSandbox();
    dialer = await createDialerSandbox();
    place = await makePlace('container');
    const context = join(place, 'context');
    await mkdir(context);
    await makeContext('.', context);
    const host = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', npm_config_prefer_offline: 'true' };
    image = await buildImage(await readFile('Containerfile', 'utf8'), {
      context,
      into: join(place, 'stages'),
      args: { DIALDECK_COMMIT: commit },
      host,
    });
    await exec('chmod', ['755', place, join(place, 'stages'), image.root]);
  });
  afterAll(async () => {
    await slack.close();
    await dialer.close();
    await removePlace(place);
  });

  const settings = (more: Record<string, string> = {}): Record<string, string> => ({
    ...image.env,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    DIALER_URL: dialer.url,
    DIALER_TOKEN: dialer.token,
    ...more,
  });
  const runs = (more?: Record<string, string>) => ({
    cwd: image.workingDirectory,
    env: settings(more),
    as: image.user,
  });

  test('holds the program and its production packages; its user owns nothing but the volume', async () => {
    expect(image.user.uid).toBeGreaterThan(0);
    expect(image.volumes).toEqual([image.env.DATA_DIR]);
    const volume = await stat(image.volumes[0] ?? '');
    expect([volume.uid, volume.gid, volume.mode & 0o777]).toEqual([image.user.uid, image.user.gid, 0o700]);
    const { stdout } = await exec('find', [image.root, '-user', String(image.user.uid)]);
    expect(stdout.trim()).toBe(image.volumes[0]);
    const { devDependencies } = JSON.parse(await readFile('package.json', 'utf8')) as { devDependencies: object };
    const packages = (await filesBelow(join(image.workingDirectory, 'node_modules'))).map((file) => file.split('/')[0]);
    expect(Object.keys(devDependencies).filter((name) => packages.includes(name))).toEqual([]);
    const files = await filesBelow(image.workingDirectory);
    expect(files.filter((file) => /^(?:src|test|sandbox)\/|^\.env/.test(file))).toEqual([]);
  });

  test('runs each command by its entry point, and the bot by default; its health is asked within, and it stops in time', async () => {
    const [program = '', ...words] = image.entrypoint;
    const version = await run(program, [...words, 'version'], runs());
    expect(version.out).toContain(`(commit ${commit}, `);
    const doctor = await run(program, [...words, 'doctor'], runs());
    expect([doctor.code, doctor.out]).toEqual([0, expect.stringContaining('Ready')]);

    const port = String(20_000 + Math.floor(Math.random() * 10_000));
    const [health = '', ...healthWords] = image.health.command;
    expect((await run(health, healthWords, runs({ PORT: port }))).code).toBe(1);
    const bot = await startInstalled(program, [...words, ...image.command], runs({ PORT: port }));
    expect(await run(health, healthWords, runs({ PORT: port }))).toMatchObject({ code: 0 });
    expect(Object.keys(image.health.options).sort()).toEqual(['interval', 'retries', 'start-period', 'timeout']);
    expect(image.stopSignal).toBe('SIGTERM');
    bot.child.kill('SIGTERM');
    expect(await bot.ended).toBe(0);
    expect(await processesWith(`DATA_DIR=${image.env.DATA_DIR}`)).toEqual([]);
  });
});

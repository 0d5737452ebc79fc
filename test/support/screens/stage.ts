import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { silentLogger } from '../../../src-main/base/logger.ts';
import { fileKeyBox } from '../../../src-main/server/file-key-box.ts';
import { openApi } from '../../../src-main/server/open-api.ts';
import { activityRepository } from '../../../src-main/store/activity-repository.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import { chatClient } from '../chat-client.ts';
import { fillChats } from '../chat-history.ts';
import { buryUpdates } from '../dead-letters.ts';
import { type EngineProcess, startEngineProcess } from '../engine-process.ts';
import { startOmemoPeer } from '../omemo-peer.ts';
import { lacks } from '../servers/ready.ts';
import { type Ejabberd, startEjabberd } from '../servers/servers.ts';
import { type AtEnd, testFolder } from '../test-folder.ts';
import { until } from '../until.ts';
import { type Bot, DOMAIN, ME, makeBot, post, self, sendPicture, write } from './acts.ts';
import { fillAiUse, setUpAi } from './ai.ts';
import { history } from './history.ts';
import { setUpTelegram, type TelegramTokens } from './telegram.ts';

const WORK = `mira.lindqvist@work.example`;
const ONLINE_WITHIN_MS = 40_000;

export interface ScreenStage {
  engine: EngineProcess;
  /** An engine where nobody has signed in. */
  empty: EngineProcess;
  me: string;
  bots: { weather: Bot; herald: Bot; nightWatch: Bot; backup: Bot };
  lena: string;
  noor: string;
  room: string;
  telegram: TelegramTokens;
  removeBot(name: string): Promise<void>;
}

/**
 * A real engine on a real server, with what a person has there after some weeks: accounts, bots of each kind and state,
 * conversations of every shape, deliveries that arrive and that fail, a device that waits for approval. What lies in the past
 * is written into its folder; the rest happens.
 */
export async function screenStage(
  atEnd: AtEnd,
  { port = 0, step = (_: string) => {} } = {},
): Promise<ScreenStage> {
  step('the server');
  const server = await startEjabberd({ domains: [DOMAIN] });
  atEnd(async () => void (await server[Symbol.asyncDispose]()));
  for (const user of ['mira', 'lena', 'jonas', 'noor']) await server.register(user, `${user}-pw`);
  const folder = testFolder(atEnd);

  step('the engine');
  const first = await startEngineProcess(folder, port);
  atEnd(first.kill);
  const run = async (words: string[], input = '') => {
    const { status, stderr } = await first.cli(words, input);
    if (status !== 0) throw new Error(`botmother ${words.slice(0, 2).join(' ')}: ${stderr}`);
  };
  const where = ['--service', server.service, '--ca', server.caFile, '--password-stdin'];
  await run(['account', 'add', ME, ...where, '--omemo'], 'mira-pw\n');
  await run(['account', 'add', WORK, '--no-verify', '--password-stdin'], 'pw\n');
  await run(['account', 'disable', WORK]);
  await post(first, '/bot/settings', { webhook_allow_private: '127.0.0.1' });
  await allow(first, server);

  step('the bots');
  await until('a device of her own', async () => (await devicesOf(first)).own !== null, ONLINE_WITHIN_MS);
  const weather = await makeBot(first, 'Weather', 'personal', 'Frost and rain for the garden', '#3b82c4');
  const herald = await makeBot(
    first,
    'Herald',
    'dedicated',
    'What the day brings, at half past six',
    '#c2410c',
  );
  const nightWatch = await makeBot(first, 'Night watch', 'personal', 'Looks after the greenhouse', undefined);
  const backup = await makeBot(first, 'Backup report', 'personal', '', undefined);
  await until('Herald online', async () => (await stateOf(first, herald)) === 'online', ONLINE_WITHIN_MS);
  await first.stop();

  step('what was before');
  await fillChats(folder, ME, history({ me: ME, domain: DOMAIN, herald: herald.jid }));
  await fillActivity(folder, [weather, herald, nightWatch]);
  await fillAiUse(folder, herald.id);
  await buryUpdates(folder, backup.id, 3);
  const engine = await startEngineProcess(folder, first.port);
  atEnd(engine.kill);
  await until(
    'Herald online again',
    async () => (await stateOf(engine, herald)) === 'online',
    ONLINE_WITHIN_MS,
  );

  step('what happens');
  const commands = [
    { command: 'today', description: 'What the day brings' },
    { command: 'remind', description: 'Remind me of something' },
    { command: 'mute', description: 'Be quiet until tomorrow' },
  ];
  await post(engine, '/bot/setCommands', { commands }, herald.token);
  await post(
    engine,
    '/bot/setCommands',
    {
      commands: [
        { command: 'frost', description: 'Frost in the next three nights' },
        { command: 'rain', description: 'Rain of the next hours' },
      ],
    },
    weather.token,
  );
  const hooks = await endpoints(atEnd);
  await post(engine, '/bot/setWebhook', { url: `${hooks}/weather` }, weather.token);
  await post(engine, '/bot/setWebhook', { url: `${hooks}/down` }, nightWatch.token);
  await post(engine, '/bot/activate', { id: backup.id, active: false });
  await setUpAi(engine, herald, atEnd);
  const telegram = await setUpTelegram(engine, herald, atEnd);
  const lena = await chatClient(server, `lena@${DOMAIN}`, 'lena-pw');
  atEnd(lena.close);
  await self(engine, [
    '/use 3',
    'Close the roof vents',
    'And water the seedlings',
    '/newbot Bees',
    '/use 1',
    'Is it going to rain?',
  ]);
  await post(
    engine,
    '/bot/sendMessage',
    { to: ME, text: 'Rain from four in the afternoon, *11 mm* until midnight.' },
    weather.token,
  );
  await post(engine, '/bot/sendMessage', { to: ME, text: 'Your parcel is at the door.' }, herald.token).catch(
    () => undefined,
  );
  await sendPicture(engine, herald);
  await write(engine, herald.jid, 'On my way, thank you');
  if (!lacks('omemo')) {
    step('another device');
    const phone = await startOmemoPeer({
      server,
      jid: ME,
      password: 'mira-pw',
      mode: 'both',
      resource: 'phone',
      atEnd,
    });
    const isKnown = async () => {
      const { body } = await engine.call<{ devices: { device: number }[] }>(
        'GET',
        `/bot/omemo/devices?id=${herald.id}`,
      );
      return body.devices.some(({ device }) => device === phone.device);
    };
    // A server that is busy may not tell of it; then it makes itself known.
    await until('the bot to hear of the new device', isKnown).catch(() =>
      phone.send(herald.jid, 'From my new phone'),
    );
    await until('the bot to know the new device', isKnown, ONLINE_WITHIN_MS);
  }
  await until(
    'deliveries',
    async () => {
      const { body } = await engine.call<{ result: { failing_since: number | null } }>(
        'GET',
        `/api/v1/bots/${nightWatch.id}/webhook`,
      );
      return body.result.failing_since !== null;
    },
    ONLINE_WITHIN_MS,
  );

  step('an empty engine');
  const empty = await startEngineProcess(testFolder(atEnd));
  atEnd(empty.kill);
  return {
    engine,
    empty,
    me: ME,
    bots: { weather, herald, nightWatch, backup },
    lena: `lena@${DOMAIN}`,
    noor: `noor@${DOMAIN}`,
    room: `chess@conference.${DOMAIN}`,
    telegram,
    async removeBot(name) {
      const { body } = await engine.call<{ bots: Bot[] }>('GET', '/bot/list');
      const found = body.bots.find((bot) => bot.name === name);
      if (found) await post(engine, '/bot/delete', { id: found.id });
    },
  };
}

const allow = (engine: EngineProcess, server: Ejabberd) =>
  post(engine, '/bot/ejabberd/settings', {
    api_url: server.apiUrl,
    admin_jid: server.provisionerJid,
    admin_password: server.provisionerPassword,
    host: DOMAIN,
    service: server.service,
    ca: readFileSync(server.caFile, 'utf8'),
  });

/** The account's own device, and others that it knows. */
const devicesOf = async (engine: EngineProcess) =>
  (
    await engine.call<{ result: { own: object | null } }>(
      'GET',
      `/api/v1/omemo/${encodeURIComponent(ME)}/devices`,
    )
  ).body.result;

const stateOf = async (engine: EngineProcess, { token }: Bot) =>
  (await engine.call<{ state: string }>('GET', '/bot/getMe', { token })).body.state;

/** Two programs that take updates; one of them does not. */
async function endpoints(atEnd: AtEnd): Promise<string> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(request.url === '/down' ? 503 : 200).end());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  atEnd(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What bots did during the last day, half-hour by half-hour. */
async function fillActivity(dataDir: string, bots: readonly Bot[]): Promise<void> {
  const { engine, close } = await openApi(dataDir, fileKeyBox(dataDir, undefined), silentLogger);
  const rows = activityRepository(engine.store);
  const slot = Math.floor(Date.now() / 1_800_000);
  await engine.store.write(async (tx) => {
    for (const [index, { id }] of bots.entries())
      for (let back = 47; back > 0; back -= 1) {
        const busy = Math.max(
          0,
          Math.round(6 * Math.sin((back + index * 7) / 6) + 5 * Math.cos(back / 3 + index)),
        );
        await rows.add(tx, id as BotId, slot - back, {
          received: busy,
          sent: Math.round(busy * 0.7),
          failed: 0,
        });
      }
  });
  await close();
}

import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { xml } from '../../src-main/gateways/xmpp/element.ts';
import { readOutOfBand } from '../../src-main/gateways/xmpp/xep-0066-out-of-band.ts';
import { type ChatClient, chatClient } from '../support/chat-client.ts';
import {
  allowAccounts,
  createDedicated,
  type DedicatedBot,
  startProsodyForBots,
} from '../support/dedicated-bot.ts';
import { type EngineProcess, signInOn, startEngineProcess } from '../support/engine-process.ts';
import { type PeerMode, peerOwner } from '../support/owner-clients.ts';
import { lacks } from '../support/servers/ready.ts';
import { startEjabberd } from '../support/servers/servers.ts';
import { newAccount } from '../support/shared-server.ts';
import { testFolder } from '../support/test-folder.ts';
import { until } from '../support/until.ts';
import { download, fileForm, picture, sealedAt, sealedFile, upload } from '../support/uploaded.ts';
import { webServer } from '../support/web-server.ts';

const timeout = 150_000;
const servers = [
  { name: 'ejabberd', start: startEjabberd, needs: ['server', 'omemo'] as const },
  { name: 'Prosody', start: startProsodyForBots, needs: ['prosody', 'omemo'] as const },
];

interface Update {
  data: {
    body: string;
    encrypted?: true;
    files?: { name: string; type?: string; url: string; expires: number }[];
  };
}

describe.each(servers)('files on $name', { timeout }, ({ start, needs }) => {
  const isMissing = lacks(...needs);
  let server: Awaited<ReturnType<typeof start>>;
  let engine: EngineProcess;
  let phone: ChatClient;
  let friend: ChatClient;
  let token: string;

  beforeAll(async () => {
    if (isMissing) return;
    server = await start();
    await server.register('you', 'you-pw');
    await server.register('friend', 'friend-pw');
    engine = await startEngineProcess(testFolder(afterAll));
    await signInOn(engine, server);
    await allowAccounts(engine, server);
    phone = await chatClient(server, 'you@localhost', 'you-pw');
    friend = await chatClient(server, 'friend@localhost', 'friend-pw');
    const { body } = await engine.call<{ token: string }>('POST', '/bot/create', {
      body: { name: 'Sender', account: 'you@localhost' },
    });
    token = body.token;
  });
  afterAll(async () => {
    await phone?.close();
    await friend?.close();
    await engine?.stop();
    await server?.[Symbol.asyncDispose]();
  });

  const post = async (form: FormData, as = token) => {
    const response = await fetch(`http://127.0.0.1:${engine.port}/bot/sendFile`, {
      method: 'POST',
      headers: { authorization: `Bearer ${as}` },
      body: form,
    });
    return { status: response.status, body: (await response.json()) as Record<string, string> };
  };
  const stateOf = async (id: string | undefined, as = token) =>
    (await engine.call<{ state: string }>('GET', `/bot/getMessageState?message_id=${id}`, { token: as })).body
      .state;
  const fileOf = async (as: string, fits: (update: Update) => boolean) =>
    until('an update with a file', async () => {
      const { body } = await engine.call<{ result: Update[] }>('GET', '/bot/getUpdates', { token: as });
      return (body.result as Update[]).find((one) => one.data.files && fits(one));
    });

  it.skipIf(isMissing)('go out as a link that clients show, with the caption behind it', async () => {
    const bytes = picture(3_000_000);

    const { status, body } = await post(
      fileForm({ to: 'friend@localhost', caption: 'Look: <rain> & sun' }, bytes),
    );

    expect({ status, body }).toMatchObject({ status: 200, body: { ok: true } });
    const caption = await until('the caption', () =>
      friend.stanzas().find(({ attrs }) => attrs.id === body.caption_message_id),
    );
    const file = friend.stanzas().find(({ attrs }) => attrs.id === body.message_id);
    const url = file?.getChildText('body') ?? '';
    expect(caption.getChildText('body')).toBe('Look: <rain> & sun');
    expect(friend.stanzas().indexOf(caption)).toBeGreaterThan(friend.stanzas().indexOf(file ?? caption));
    expect(file && readOutOfBand(file)).toEqual([{ url, description: undefined }]);
    expect(url).toMatch(/^https:.*\/picture\.png$/);
    const got = await download(server.caFile, url);
    expect([got.status, got.bytes.equals(bytes)]).toEqual([200, true]);
    expect(got.headers['content-type']).toBe('image/png');
    await until('both to be taken', async () =>
      (await Promise.all([body.message_id, body.caption_message_id].map((id) => stateOf(id)))).every(
        (state) => ['acked', 'delivered'].includes(state),
      ),
    );
  });

  it.skipIf(isMissing)('are fetched from an address, and named by what is in them', async () => {
    const bytes = picture(100_000);
    const url = `${await webServer((_request, response) => void response.end(bytes))}/../na%2Fme.html?x=1`;

    const { body } = await engine.call<{ message_id: string }>('POST', '/bot/sendFile', {
      token,
      body: { to: 'friend@localhost', url },
    });

    const file = await until('the file', () =>
      friend.stanzas().find(({ attrs }) => attrs.id === body.message_id),
    );
    const address = file.getChildText('body') ?? '';
    expect(decodeURIComponent(address)).toMatch(/\/me\.html\.png$/);
    const got = await download(server.caFile, address);
    expect(got.bytes.equals(bytes)).toBe(true);
    expect(got.headers['content-type']).toBe('image/png');
  });

  it.skipIf(isMissing)('that come are handed out by an address of ours', async () => {
    const bytes = picture(2_000_000);
    const url = await upload(phone.session, server.caFile, bytes, 'holiday.png');
    const oob = xml('x', { xmlns: 'jabber:x:oob' }, xml('url', {}, url));
    await phone.send(
      xml('message', { to: 'you@localhost', type: 'chat', id: 'f1' }, xml('body', {}, url), oob),
    );

    const { data } = await fileOf(token, (one) => one.data.body === url);

    const [file] = data.files ?? [];
    expect(file).toMatchObject({ name: 'holiday.png', type: 'image/png' });
    for (const time of ['first', 'again']) {
      const response = await fetch(file?.url ?? '');
      const got = Buffer.from(await response.arrayBuffer());
      expect([time, response.status, got.equals(bytes)]).toEqual([time, 200, true]);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'image/png',
        'content-length': String(bytes.length),
        'content-disposition': `attachment; filename="holiday.png"; filename*=UTF-8''holiday.png`,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "sandbox; default-src 'none'",
      });
    }
    expect(engine.log()).not.toContain(file?.url.split('/').at(-1));
    expect(engine.log()).not.toContain('holiday');
  });

  it.skipIf(isMissing)('that cannot be sent are refused while they are still coming', async () => {
    const bytes = picture(15_000_000);

    for (const [fields, status] of [
      [{ to: 'nonsense' }, 400],
      [{ to: 'friend@localhost', type: 'odd' }, 400],
    ] as const)
      expect(await post(fileForm(fields, bytes))).toMatchObject({ status, body: { ok: false } });
    const large = await post(fileForm({ to: 'friend@localhost' }, picture(25_000_000)));

    expect(large).toMatchObject({ status: 413, body: { error: 'too_large' } });
    expect((await post(fileForm({ to: 'friend@localhost' }, picture()))).status).toBe(200);
  });

  it.skipIf(isMissing)(
    'of a dedicated bot that nobody could read are neither fetched nor uploaded',
    async () => {
      const you = await newAccount(server, 'nobody');
      const bot = await createDedicated(engine, { owner: you.jid });
      let hits = 0;
      const url = await webServer((_request, response) => {
        hits += 1;
        response.end(picture());
      });

      const byForm = await post(fileForm({ to: you.jid }, picture()), bot.token);
      const body = { to: you.jid, url };
      const byUrl = await engine.call('POST', '/bot/sendFile', { token: bot.token, body });
      const toOther = await post(fileForm({ to: 'friend@localhost' }, picture()), bot.token);

      expect(byForm).toMatchObject({ status: 409, body: { error: 'no_omemo_device' } });
      expect(byUrl).toMatchObject({ status: 409, body: { error: 'no_omemo_device' } });
      expect(toOther).toMatchObject({ status: 403 });
      expect(hits).toBe(0);
    },
  );

  it.skipIf(isMissing).each<PeerMode>(['old', 'new'])(
    'of a dedicated bot and its owner are encrypted both ways (OMEMO %s)',
    async (mode) => {
      const you = await newAccount(server, 'owner');
      const owner = await peerOwner(mode, { server, ...you, atEnd: onTestFinished });
      const bot: DedicatedBot = await createDedicated(engine, { owner: you.jid });
      const bytes = picture(1_000_000);
      await until('the bot to know its owner', async () => {
        const { status } = await engine.call('POST', '/bot/sendMessage', {
          token: bot.token,
          body: { to: you.jid, text: 'hello' },
        });
        return status === 200;
      });

      const { status, body } = await post(fileForm({ to: you.jid, caption: 'for you' }, bytes), bot.token);

      expect({ status, body }).toMatchObject({ status: 200 });
      const { text: address } = await owner.hears(bot, /^aesgcm:/);
      await owner.hears(bot, 'for you');
      const { url, open } = sealedAt(address);
      const got = await download(server.caFile, url);
      expect(open(got.bytes).equals(bytes)).toBe(true);
      expect(url).toMatch(/\.png$/);
      expect(url).not.toContain('picture');
      const stanzas = owner.peer.stanzas().map(String);
      expect(stanzas.filter((one) => /jabber:x:oob|aesgcm:/.test(one))).toEqual([]);

      const { stored, addressAt } = sealedFile(bytes);
      const sent = addressAt(await upload(phone.session, server.caFile, stored, 'secret.png'));
      await owner.say(bot, sent);
      const { data } = await fileOf(bot.token, (one) => one.data.body === sent);
      const response = await fetch(data.files?.[0]?.url ?? '');
      expect(data.encrypted).toBe(true);
      expect(response.headers.get('content-type')).toBe('image/png');
      expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    },
  );
});

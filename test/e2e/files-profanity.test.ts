import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { allowAccounts, createDedicated } from '../support/dedicated-bot.ts';
import { type EngineProcess, signInOn, startEngineProcess } from '../support/engine-process.ts';
import { startProfanity } from '../support/servers/profanity.ts';
import { startOmemoProfanity } from '../support/servers/profanity-omemo.ts';
import { lacks } from '../support/servers/ready.ts';
import { startEjabberd } from '../support/servers/servers.ts';
import { newAccount, shared } from '../support/shared-server.ts';
import { testFolder } from '../support/test-folder.ts';
import { until } from '../support/until.ts';
import { download, fileForm, picture, sealedAt } from '../support/uploaded.ts';

const ejabberd = shared(startEjabberd);
const timeout = 150_000;

interface Update {
  data: { body: string; encrypted?: true; files?: { name: string; url: string }[] };
}

const startEngine = async () => {
  const engine = await startEngineProcess(testFolder());
  onTestFinished(async () => void (await engine.stop()));
  return engine;
};

async function sendFile(engine: EngineProcess, token: string, form: FormData) {
  const response = await fetch(`http://127.0.0.1:${engine.port}/bot/sendFile`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: form,
  });
  expect(response.status).toBe(200);
}

/** The bytes of the first file that the bot is told of, and whether it came encrypted. */
async function received(engine: EngineProcess, token: string) {
  const { data } = await until('an update with a file', async () => {
    const { body } = await engine.call<{ result: Update[] }>('GET', '/bot/getUpdates', { token });
    return (body.result as Update[]).find((one) => one.data.files);
  });
  const response = await fetch(data.files?.[0]?.url ?? '');
  return { ...data, bytes: Buffer.from(await response.arrayBuffer()) };
}

describe.skipIf(lacks('server', 'client', 'omemo'))('files and profanity', { timeout }, () => {
  it('sees and sends them in the chat with itself', async () => {
    const server = await ejabberd();
    const you = await newAccount(server);
    const engine = await startEngine();
    await signInOn(engine, server, you);
    const { body } = await engine.call<{ token: string }>('POST', '/bot/create', {
      body: { name: 'Sender', account: you.jid },
    });
    const client = await startProfanity({ server, ...you });
    onTestFinished(client.stop);
    const [there, back] = [picture(50_000), picture(60_000)];
    const file = join(testFolder(), 'sky.png');
    writeFileSync(file, back);

    await sendFile(engine, body.token, fileForm({ to: you.jid, caption: 'the sky' }, there));
    const shown = await client.waitForMessage(({ text }) => /^https:.*picture\.png$/.test(text));
    await client.waitForMessage(({ text }) => text === 'the sky');
    await client.type(`/msg ${you.jid}`);
    await client.type(`/sendfile ${file}`);
    const came = await received(engine, body.token);

    expect((await download(server.caFile, shown.text)).bytes.equals(there)).toBe(true);
    expect(came).toMatchObject({ files: [{ name: 'sky.png', type: 'image/png' }] });
    expect(came.bytes.equals(back)).toBe(true);
  });

  it('sees and sends encrypted ones in the chat with a dedicated bot', async () => {
    const server = await ejabberd();
    const you = await newAccount(server);
    const engine = await startEngine();
    await allowAccounts(engine, server);
    const client = await startOmemoProfanity({ server, ...you });
    const bot = await createDedicated(engine, { owner: you.jid });
    const [there, back] = [picture(50_000), picture(60_000)];
    const file = join(testFolder(), 'sky.png');
    writeFileSync(file, back);

    const greeting = { token: bot.token, body: { to: you.jid, text: 'hello' } };
    await until('the bot to know its owner', async () => {
      return (await engine.call('POST', '/bot/sendMessage', greeting)).status === 200;
    });
    await client.waitForEncrypted('hello');
    await client.startEncrypted(bot.jid);
    await sendFile(engine, bot.token, fileForm({ to: you.jid, caption: 'the sky' }, there));
    const shown = await client.waitForMessage(
      ({ text, encryption }) => encryption === 'omemo' && /^aesgcm:/.test(text),
    );
    await client.waitForEncrypted('the sky');
    await client.type(`/sendfile ${file}`);
    const came = await received(engine, bot.token);

    const { url, open } = sealedAt(shown.text);
    expect(open((await download(server.caFile, url)).bytes).equals(there)).toBe(true);
    expect(came.encrypted).toBe(true);
    expect(came.bytes.equals(back)).toBe(true);
  });
});

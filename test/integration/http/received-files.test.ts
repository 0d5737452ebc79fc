import { parse } from 'ltx';
import { describe, expect, it } from 'vitest';
import { filesIn } from '../../../src-main/engine/messages/files-in-message.ts';
import { type FileEngine, fileEngine, trust } from '../../support/file-engine.ts';
import { aBot, failure } from '../../support/test-engine.ts';
import { until } from '../../support/until.ts';
import { uploadService } from '../../support/upload-service.ts';
import { picture, sealedFile } from '../../support/uploaded.ts';

const MIB = 1024 * 1024;
const oob = (url: string) =>
  parse(`<message><body>${url}</body><x xmlns='jabber:x:oob'><url>${url}</url></x></message>`);
const sealed = (address: string) => parse(`<message><body>${address}</body></message>`);

/** Tells the bot of a message; resolves with what its program is told of the files. */
async function told(engine: FileEngine, message: ReturnType<typeof parse>) {
  const { store, receivedFiles } = engine.engine;
  const references = filesIn(message, message.getChildText('body') ?? '');
  const offered = await store.write((tx) => receivedFiles.offer(tx, engine.id as never, references));
  return offered.map((file) => ({ ...file, url: new URL(file.url, 'http://localhost:7842/bot/').href }));
}
const addressOf = async (engine: FileEngine, message: ReturnType<typeof parse>) =>
  (await told(engine, message))[0]?.url ?? '';

describe('the address of a received file', () => {
  it('gives the file, fetched once, as what it is and to be saved', async () => {
    const engine = await fileEngine();
    const bytes = picture(5_000);
    const url = await addressOf(engine, oob(engine.service.offer('f%C3%BC%22r.html', bytes)));

    const [first, again] = [await engine.get(url), await engine.get(url)];

    for (const answer of [first, again]) {
      expect([answer.statusCode, answer.rawPayload.equals(bytes)]).toEqual([200, true]);
      expect(answer.headers).toMatchObject({
        'content-type': 'image/png',
        'content-length': String(bytes.length),
        'content-disposition': `attachment; filename="f__r.html.png"; filename*=UTF-8''f%C3%BC_r.html.png`,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "sandbox; default-src 'none'",
      });
    }
    expect(engine.service.asked).toEqual(['GET /f%C3%BC%22r.html']);
  });

  it('gives an encrypted file decrypted, and no byte of one that was changed', async () => {
    const engine = await fileEngine();
    const bytes = picture(200_000);
    const { stored, addressAt } = sealedFile(bytes);
    const changed = Buffer.from(stored);
    changed[150_000] = (changed[150_000] ?? 0) ^ 1;

    const good = await engine.get(
      await addressOf(engine, sealed(addressAt(engine.service.offer('a', stored)))),
    );
    const bad = await engine.get(
      await addressOf(engine, sealed(addressAt(engine.service.offer('b', changed)))),
    );

    expect([good.statusCode, good.rawPayload.equals(bytes)]).toEqual([200, true]);
    expect(bad.statusCode).toBe(502);
    expect(bad.json()).toMatchObject({ error: 'file_broken' });
    expect(engine.kept()).toHaveLength(1);
  });

  it('stays the same, when its copy is gone from the disk', async () => {
    const engine = await fileEngine();
    const url = await addressOf(engine, oob(engine.service.offer('x', Buffer.from('hello'))));
    await engine.get(url);
    const { files } = engine.engine;

    await files.tidyUp();

    expect(engine.kept()).toEqual([]);
    expect((await engine.get(url)).body).toBe('hello');
  });

  it('is one of those that were given, of a bot that works, until its time is over', async () => {
    const engine = await fileEngine();
    const url = await addressOf(engine, oob(engine.service.offer('x', Buffer.from('hello'))));
    const other = await aBot(engine, 'Other');

    for (const wrong of ['x', 'A'.repeat(43), '..%2f..%2fkeys%2fdata.key', `${url.split('/').at(-1)}x`])
      expect((await engine.get(`http://x/bot/file/${wrong}`)).statusCode).toBe(404);
    expect((await engine.get(url, { authorization: `Bearer ${other.token}` })).statusCode).toBe(404);
    expect((await engine.get(url, { authorization: `Bearer ${engine.token}` })).statusCode).toBe(200);
    await engine.call('POST', '/bot/activate', { body: { id: engine.id, active: false } });
    expect((await engine.get(url)).statusCode).toBe(403);
    await engine.call('POST', '/bot/activate', { body: { id: engine.id, active: true } });
    await engine.engine.store.write((tx) =>
      tx.db.updateTable('received_file').set({ expires_at: 1 }).execute(),
    );
    expect((await engine.get(url)).statusCode).toBe(404);
    await engine.engine.store.write((tx) => engine.engine.receivedFiles.expire(tx));
    expect(await engine.engine.store.read.selectFrom('received_file').selectAll().execute()).toEqual([]);
  });

  it('keeps its copy for an hour, and copies altogether up to a size', async () => {
    const engine = await fileEngine();
    const { store, receivedFiles } = engine.engine;
    const expire = () => store.write((tx) => receivedFiles.expire(tx));
    const copies = async () => {
      await expire();
      return engine.kept().length;
    };
    const fetched = async (name: string) => {
      await engine.get(await addressOf(engine, oob(engine.service.offer(name, Buffer.from(name)))));
    };
    const change = (values: { stored_at?: number; stored_bytes?: number }) =>
      store.write(async (tx) => {
        await tx.db.updateTable('received_file').set(values).execute();
      });

    await fetched('a');
    await fetched('b');
    expect(await copies()).toBe(2);
    await change({ stored_bytes: 200 * MIB });
    await expire();
    await until('the older copy to go', () => engine.kept().length === 1);
    await change({ stored_at: Date.now() - 61 * 60 * 1_000 });
    await expire();
    await until('the last copy to go', () => engine.kept().length === 0);
    expect(engine.service.asked).toHaveLength(2);
  });

  it('goes with its bot', async () => {
    const engine = await fileEngine();
    const url = await addressOf(engine, oob(engine.service.offer('x', Buffer.from('hello'))));

    await engine.call('POST', '/bot/delete', { body: { id: engine.id } });

    expect((await engine.get(url)).statusCode).toBe(404);
  });

  it.each([
    'http://127.0.0.1:1/x',
    'http://server.example/x',
    'https://169.254.169.254/latest',
    'https://[fe80::1]/x',
    'https://0x7f000001:1/x',
    'https://localhost.:1/x',
  ])('leads nowhere that nobody may reach: %s', async (url) => {
    const engine = await fileEngine();

    const answer = await engine.get(await addressOf(engine, oob(url)));

    expect(answer.statusCode).toBe(502);
    expect(answer.json()).toMatchObject({ error: 'fetch_failed' });
  });

  it('leads into no network of ours, when the server is in the internet', async () => {
    const engine = await fileEngine();
    const url = await addressOf(engine, oob(engine.service.offer('x', Buffer.from('hello'))));
    Object.assign(engine.session, { serverAddress: '93.184.216.34' });

    expect((await engine.get(url)).statusCode).toBe(502);
    expect(engine.service.asked).toEqual([]);
  });

  it('leads to the place where the server at home keeps its files, and to nothing else at home', async () => {
    const engine = await fileEngine();
    const other = await uploadService();
    const bytes = Buffer.from('hello');
    await trust(engine.engine.store, `${engine.service.ca}${other.ca}`);

    const own = await engine.get(await addressOf(engine, oob(engine.service.offer('x', bytes))));
    const foreign = await engine.get(await addressOf(engine, oob(other.offer('x', bytes))));

    expect([own.statusCode, foreign.statusCode]).toEqual([200, 502]);
    expect(foreign.json().description).toContain('127.0.0.1 is not a public address');
    expect(other.asked).toEqual([]);
    engine.behaviour.refuses = 'not-allowed';
    expect(
      (await engine.get(await addressOf(engine, oob(engine.service.offer('y', bytes))))).statusCode,
    ).toBe(200);
  });

  it('leads nowhere at home where the server does not say where its files lie', async () => {
    const engine = await fileEngine();
    engine.behaviour.refuses = 'not-allowed';
    const url = await addressOf(engine, oob(engine.service.offer('x', Buffer.from('hello'))));

    expect((await engine.get(url)).statusCode).toBe(502);
    engine.behaviour.refuses = undefined;
    expect((await engine.get(url)).statusCode).toBe(200);
    engine.behaviour.isThere = false;
    expect((await engine.get(url)).statusCode).toBe(200);
  });

  it('hears why there is nothing', async () => {
    const engine = await fileEngine();
    const { behaviour, service } = engine;
    const get = async () => {
      const answer = await engine.get(await addressOf(engine, oob(`${service.base}/secret-path`)));
      return { status: answer.statusCode, body: answer.json() };
    };

    expect(await get()).toMatchObject(failure(502, 'fetch_failed'));
    behaviour.onGet = (_request, response) =>
      void response.writeHead(302, { location: 'https://x.example' }).end();
    expect((await get()).body.description).toMatch(/redirect/);
    behaviour.onGet = (_request, response) =>
      void response.writeHead(200, { 'content-length': String(20 * MIB + 17) }).end();
    expect(await get()).toMatchObject(failure(413, 'too_large'));
    behaviour.onGet = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('only a part');
      setImmediate(() => response.destroy());
    };
    const cut = await get();
    expect(cut).toMatchObject(failure(502, 'fetch_failed'));
    expect(cut.body.description).not.toContain('secret-path');
    expect(engine.kept()).toEqual([]);
  });
});

describe('what is told of files', () => {
  it('is their name, size and type, and nothing of where they lie', async () => {
    const engine = await fileEngine();
    const metadata =
      "<file xmlns='urn:xmpp:file:metadata:0'><media-type>image/jpeg</media-type><name>../holi\u202eday.jpg</name><size>1234</size></file>";
    const source = "<url-data xmlns='http://jabber.org/protocol/url-data' target='https://x.example/abc'/>";
    const message = parse(
      `<message><file-sharing xmlns='urn:xmpp:sfs:0'>${metadata}<sources>${source}</sources></file-sharing></message>`,
    );

    expect(await told(engine, message)).toEqual([
      {
        name: 'holi_day.jpg',
        size: 1_234,
        type: 'image/jpeg',
        url: expect.stringContaining('/bot/file/'),
        expires: expect.any(Number),
      },
    ]);
    const [row] = await engine.engine.store.read.selectFrom('received_file').selectAll().execute();
    expect(String(row?.source)).not.toContain('x.example');
  });
});

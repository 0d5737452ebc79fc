import { describe, expect, it, vi } from 'vitest';
import { readOutOfBand } from '../../../src-main/gateways/xmpp/xep-0066-out-of-band.ts';
import { fileEngine } from '../../support/file-engine.ts';
import { failure } from '../../support/test-engine.ts';
import { until } from '../../support/until.ts';
import { fileForm, picture } from '../../support/uploaded.ts';
import { webServer } from '../../support/web-server.ts';

const to = 'friend@localhost';
const MIB = 1024 * 1024;

describe('a file in a form', () => {
  it('is put on the server, with the headers that may be and no others, and sent as its address', async () => {
    const { form, service, waiting, kept } = await fileEngine();
    const bytes = picture(10_000);

    const answer = await form(fileForm({ to, caption: 'a *caption*', name: 'sky.png' }, bytes, 'x.bin'));

    const [file, caption] = await waiting();
    const url = file?.getChildText('body') ?? '';
    expect(answer).toMatchObject({
      status: 200,
      body: { ok: true, message_id: file?.attrs.id, caption_message_id: caption?.attrs.id },
    });
    expect(file && readOutOfBand(file)).toEqual([{ url, description: undefined }]);
    expect(caption?.getChildText('body')).toBe('a *caption*');
    const put = service.files.get(new URL(url).pathname);
    expect(url).toMatch(/\/sky\.png$/);
    expect(put?.bytes.equals(bytes)).toBe(true);
    expect(put?.headers).toMatchObject({
      authorization: 'Bearer slot',
      'content-type': 'image/png',
      'content-length': String(bytes.length),
    });
    expect(put?.headers['x-evil']).toBeUndefined();
    expect(kept()).toEqual([]);
  });

  it('may come before the fields', async () => {
    const { form, waiting } = await fileEngine();
    const body = new FormData();
    body.set('file', new Blob(['hello']), 'hello.txt');
    body.set('to', to);

    expect(await form(body)).toMatchObject({ status: 200 });
    expect((await waiting()).map((one) => one.getChildText('body'))).toEqual([
      expect.stringMatching(/hello\.txt$/),
    ]);
  });

  it('is refused where it is missing, empty, too large, twice there or under another name', async () => {
    const { form, waiting, kept, service } = await fileEngine();
    const none = new FormData();
    none.set('to', to);
    const text = new FormData();
    text.set('to', to);
    text.set('file', 'a text');
    const two = fileForm({ to }, picture());
    two.append('file', new Blob(['more']), 'more.txt');
    const other = new FormData();
    other.set('to', to);
    other.set('document', new Blob(['x']), 'x.txt');
    const twice = fileForm({ to }, picture());
    twice.append('to', to);

    for (const [body, status, words] of [
      [none, 400, /`file` is missing/],
      [text, 400, /`file` must be a file/],
      [two, 400, /one file at a time/],
      [other, 400, /`document` must be `file`/],
      [twice, 400, /`to` is there twice/],
      [fileForm({ to }, Buffer.alloc(0)), 400, /The file is empty/],
      [fileForm({ to }, Buffer.alloc(20 * MIB + 1)), 413, /larger than 20971520 bytes/],
      [fileForm({}, picture()), 400, /`to` is missing/],
      [fileForm({ to, type: 'odd' }, picture()), 400, /`type` must be/],
      [fileForm({ to, caption: 'x'.repeat(70_000) }, picture()), 400, /`caption`/],
      [fileForm({ to, caption: 'a\u0001' }, picture()), 400, /`caption` contains a character/],
      [fileForm({ to: 'nonsense' }, picture()), 400, /is not an XMPP address/],
    ] as const) {
      const answer = await form(body);
      expect([String(words), answer.status]).toEqual([String(words), status]);
      expect(answer.body.description).toMatch(words);
    }
    expect(service.asked).toEqual([]);
    expect(await waiting()).toEqual([]);
    expect(kept()).toEqual([]);
    expect((await form(fileForm({ to }, Buffer.alloc(20 * MIB)))).status).toBe(200);
  });

  it('is refused when the form is none', async () => {
    const { app, token, kept } = await fileEngine();
    const ask = (payload: string, type: string) =>
      app.inject({
        method: 'POST',
        url: '/bot/sendFile',
        headers: { authorization: `Bearer ${token}`, 'content-type': type },
        payload,
      });

    for (const [payload, type] of [
      ['', 'multipart/form-data; boundary=x'],
      ['nonsense', 'multipart/form-data; boundary=x'],
      [
        '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nbroken off',
        'multipart/form-data; boundary=x',
      ],
      ['--x--', 'multipart/form-data'],
      [
        '--x\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\n1\r\n--x--\r\n',
        'multipart/form-data; boundary=x',
      ],
    ] as const) {
      const answer = await ask(payload, type);
      expect([payload, type, answer.statusCode, answer.json().error]).toEqual([
        payload,
        type,
        400,
        'bad_request',
      ]);
    }
    expect(kept()).toEqual([]);
  });

  it('is sent once for a repeated Idempotency-Key, with the same two ids', async () => {
    const { form, waiting, service } = await fileEngine();
    const bytes = picture(100);
    const key = { 'idempotency-key': 'k1' };
    const send = () => form(fileForm({ to, caption: 'once' }, bytes), key);

    const [first, again] = [await send(), await send()];

    expect(again).toEqual(first);
    expect(service.asked).toHaveLength(1);
    expect(await waiting()).toHaveLength(2);
    expect(await form(fileForm({ to, caption: 'once' }, picture(100)), key)).toMatchObject(
      failure(409, 'conflict'),
    );
    expect(await form(fileForm({ to, caption: 'other' }, bytes), key)).toMatchObject(
      failure(409, 'conflict'),
    );
  });

  it('is stopped where nothing can be sent, before it is uploaded', async () => {
    const engine = await fileEngine();
    const { form, session, behaviour, service } = engine;

    expect(await form(fileForm({ to, type: 'groupchat' }, picture()))).toMatchObject({ status: 403 });
    session.state = 'failed';
    expect(await form(fileForm({ to }, picture()))).toMatchObject({ status: 503 });
    session.state = 'online';
    behaviour.isThere = false;
    expect(await form(fileForm({ to }, picture()))).toMatchObject(failure(503, 'upload_unavailable'));
    expect(service.asked).toEqual([]);
    expect(engine.kept()).toEqual([]);
  });

  it('hears what is wrong with the upload', async () => {
    const { form, behaviour, waiting, kept, service } = await fileEngine();
    const send = () => form(fileForm({ to }, picture(2_000)));

    behaviour.refuses = 'resource-constraint';
    expect(await send()).toMatchObject({
      ...failure(503, 'upload_quota'),
      body: { parameters: { retry_after: expect.any(Number) } },
    });
    behaviour.refuses = 'not-allowed';
    const refused = await send();
    expect(refused).toMatchObject(failure(502, 'upload_failed'));
    expect(refused.body.description).not.toContain('the words of a server');
    behaviour.refuses = undefined;
    behaviour.status = 413;
    expect(await send()).toMatchObject(failure(502, 'upload_failed'));
    behaviour.status = 302;
    expect(await send()).toMatchObject(failure(502, 'upload_failed'));
    // Its own files may lie at home; other addresses of that kind are no upload service.
    for (const putUrl of ['https://169.254.169.254/x', 'https://[fe80::1]/x', 'https://127.0.0.1:1/x']) {
      behaviour.putUrl = putUrl;
      expect(await send()).toMatchObject(failure(502, 'upload_failed'));
    }
    behaviour.putUrl = undefined;
    behaviour.maxSizeBytes = 1_000;
    expect(await waiting()).toEqual([]);
    expect(kept()).toEqual([]);
    expect(service.asked.every((one) => one.startsWith('PUT '))).toBe(true);
  });

  it('hears the limit of the server, which counts before it is uploaded', async () => {
    const { form, behaviour, service } = await fileEngine();
    behaviour.maxSizeBytes = 1_000;

    const answer = await form(fileForm({ to }, picture(2_000)));

    expect(answer).toMatchObject(failure(413, 'too_large'));
    expect(answer.body.description).toContain('at most 1000 bytes');
    expect(service.asked).toEqual([]);
  });

  it('does not lead into the own network when the server is in the internet', async () => {
    const { form, session, service } = await fileEngine();
    Object.assign(session, { serverAddress: '93.184.216.34' });

    const answer = await form(fileForm({ to }, picture()));

    expect(answer).toMatchObject(failure(502, 'upload_failed'));
    expect(answer.body.description).toMatch(/127\.0\.0\.1 is not a public address/);
    expect(service.asked).toEqual([]);
  });

  it('waits for its turn when there are too many', async () => {
    const { form, behaviour, service, waiting } = await fileEngine();
    const held = Promise.withResolvers<void>();
    behaviour.onPut = () => held.promise;
    const send = () => form(fileForm({ to }, picture()));

    const sending = Array.from({ length: 4 }, send);
    await until('four to be on their way', () => service.asked.length === 4);
    const fifth = await send();
    held.resolve();

    expect(fifth).toMatchObject(failure(503, 'busy'));
    expect((await Promise.all(sending)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await send()).status).toBe(200);
    expect(await waiting()).toHaveLength(5);
  });

  it('is not sent when the encryption of the conversation changed meanwhile', async () => {
    const { form, behaviour, engine, waiting } = await fileEngine();
    const { isEncrypted } = engine.post;
    behaviour.onPut = () => void vi.spyOn(engine.post, 'isEncrypted').mockResolvedValue(true);

    expect(await form(fileForm({ to }, picture()))).toMatchObject(failure(409, 'conflict'));

    expect(await waiting()).toEqual([]);
    expect(isEncrypted).not.toBe(engine.post.isEncrypted);
  });
});

describe('a file by its address', () => {
  it('is fetched and sent on, named by its address or by who sends it', async () => {
    const { post, waiting, service } = await fileEngine();
    const bytes = picture(50);
    const web = await webServer((request, response) => {
      if (request.url === '/b')
        response.setHeader('content-disposition', 'attachment; filename="../from header.png"');
      response.end(bytes);
    });

    for (const [path, name] of [
      ['/dir/a%20b.png?secret=1', undefined],
      ['/b', undefined],
      ['/c', 'given.png'],
      ['/', undefined],
    ] as const)
      expect(await post('sendFile', { to, url: web + path, name })).toMatchObject({ status: 200 });

    const names = (await waiting()).map((one) =>
      decodeURIComponent((one.getChildText('body') ?? '').split('/').at(-1) ?? ''),
    );
    expect(names).toEqual(['a b.png', 'from header.png', 'given.png', 'file.png']);
    expect([...service.files.values()].every((one) => one.bytes.equals(bytes))).toBe(true);
  });

  it.each([
    'file:///etc/passwd',
    'ftp://server.example/x',
    'data:text/plain,x',
    'http://server.example/x',
    'https://user:secret@server.example/x',
    'https://10.0.0.1/x',
    'https://192.168.1.1/x',
    'https://169.254.169.254/latest/meta-data',
    'https://[fe80::1]/x',
    'https://[::ffff:10.0.0.1]/x',
    'https://0x0a000001/x',
    'https://012.0.0.1/x',
    'https://167772161/x',
    'https://100.64.0.1/x',
    'https://0.0.0.0/x',
    'not an address',
  ])('is refused at once where that leads elsewhere: %s', async (url) => {
    const { post, service } = await fileEngine();

    expect(await post('sendFile', { to, url })).toMatchObject(failure(400, 'bad_request'));
    expect(service.asked).toEqual([]);
  });

  it('is not fetched by way of a redirect, from an error, or when it is too large', async () => {
    const { post, kept, waiting } = await fileEngine();
    let hits = 0;
    const target = await webServer((_request, response) => {
      hits += 1;
      response.end('secret');
    });
    const web = await webServer((request, response) => {
      if (request.url === '/away') response.writeHead(302, { location: target }).end();
      else if (request.url === '/gone') response.writeHead(404).end('words of a stranger');
      else if (request.url === '/said') response.writeHead(200, { 'content-length': String(21 * MIB) }).end();
      else if (request.url === '/cut') {
        response.writeHead(200, { 'content-length': '100' }).write('x');
        setImmediate(() => response.destroy());
      } else {
        response.writeHead(200);
        const pour = () => {
          while (response.write(Buffer.alloc(64 * 1024)));
          response.once('drain', pour);
        };
        pour();
      }
    });

    for (const [path, status, words] of [
      ['/away', 502, /redirect/],
      ['/gone', 502, /status 404/],
      ['/cut', 502, /could not be fetched/],
      ['/said', 413, /larger than/],
      ['/endless', 413, /larger than/],
    ] as const) {
      const answer = await post('sendFile', { to, url: web + path });
      expect([path, answer.status]).toEqual([path, status]);
      expect(answer.body.description).toMatch(words);
      expect(answer.body.description).not.toMatch(/stranger|\/away/);
    }
    expect(hits).toBe(0);
    expect(kept()).toEqual([]);
    expect(await waiting()).toEqual([]);
  });

  it('is fetched once for a repeated Idempotency-Key', async () => {
    const { post, waiting } = await fileEngine();
    let hits = 0;
    const url = await webServer((_request, response) => {
      hits += 1;
      response.end('a text');
    });
    const send = () => post('sendFile', { to, url }, { 'idempotency-key': 'k2' });

    const [first, again] = [await send(), await send()];

    expect([first.status, again.body]).toEqual([200, first.body]);
    expect([hits, (await waiting()).length]).toEqual([1, 1]);
  });

  it('is refused before it is fetched where it could not be sent', async () => {
    const { post, session } = await fileEngine();
    let hits = 0;
    const url = await webServer((_request, response) => {
      hits += 1;
      response.end('x');
    });
    session.state = 'failed';

    expect(await post('sendFile', { to, url })).toMatchObject({ status: 503 });
    expect(await post('sendFile', { to: 'x', url })).toMatchObject({ status: 400 });
    expect(hits).toBe(0);
  });
});

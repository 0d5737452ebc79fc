import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../support/telegram/faults.ts';
import { failureOf, plain, telegramRig } from './telegram-rig.ts';

describe('what Telegram refuses', () => {
  const GROUP = 'group chat was upgraded to a supergroup chat';
  it.each<[string, Fault['answer'], object]>([
    ['an old token', { refuse: 401 }, { kind: 'token', isUncertain: false, isPermanent: false }],
    ['no token at all', { refuse: 404 }, { kind: 'token' }],
    [
      'a method it does not know',
      { refuse: 404, description: 'Not Found: method not found' },
      { kind: 'failed', isPermanent: true },
    ],
    ['too much', { refuse: 429, retryAfterS: 35 }, { kind: 'rate', retryAfterS: 35, isUncertain: false }],
    [
      'too much without a time',
      { refuse: 429, description: 'Too Many Requests' },
      { kind: 'rate', retryAfterS: 1 },
    ],
    ['a second reader', { refuse: 409 }, { kind: 'other-program' }],
    [
      'a chat it does not know',
      { refuse: 400, description: 'Bad Request: chat not found' },
      { kind: 'chat', isPermanent: false },
    ],
    [
      'a group that is another now',
      { refuse: 400, description: `Bad Request: ${GROUP}`, migrateTo: -1001234 },
      { kind: 'chat', migrateTo: '-1001234' },
    ],
    [
      'to write to who blocked it',
      { refuse: 403, description: 'Forbidden: bot was blocked by the user' },
      { kind: 'blocked' },
    ],
    [
      'to write without the right',
      { refuse: 400, description: 'Bad Request: not enough rights to send text messages to the chat' },
      { kind: 'blocked' },
    ],
    [
      'to write in a channel',
      { refuse: 400, description: 'Bad Request: need administrator rights in the channel chat' },
      { kind: 'blocked' },
    ],
    [
      'an empty text',
      { refuse: 400, description: 'Bad Request: message text is empty' },
      { kind: 'failed', isPermanent: true, isUncertain: false },
    ],
    ['to work', { refuse: 500 }, { kind: 'failed', isPermanent: false, isUncertain: true }],
  ])('%s', async (_, answer, expected) => {
    const { api, chat, server, forever } = await telegramRig();
    server.fault({ method: 'sendMessage', answer });

    expect(await failureOf(api.send(chat.id, plain('hello'), { signal: forever }))).toMatchObject(expected);
  });

  it('tells a webhook from another reader', async () => {
    const { api, bot, news } = await telegramRig();
    const waiting = failureOf(api.updates(news(0, 50)));
    await expect.poll(() => bot.isPolled()).toBe(true);

    bot.readElsewhere();
    expect((await waiting).kind).toBe('other-program');
    bot.setWebhook('https://other.example/');
    expect((await failureOf(api.updates(news(0, 50)))).kind).toBe('webhook');
  });

  it('knows what the server really says of tokens, chats and messages', async () => {
    const { api, anna, bot, chat, server, forever, with: open } = await telegramRig();
    const group = server.addChat({ kind: 'group', title: 'Team', bots: [bot] });
    const hello = (to: string, from = api) => failureOf(from.send(to, plain('hello'), { signal: forever }));

    expect(await hello(chat.id, open('12345:wrong'))).toMatchObject({ kind: 'token', status: 401 });
    expect(await hello(chat.id, open('wrong'))).toMatchObject({ kind: 'token', status: 404 });
    expect(await hello('99')).toMatchObject({ kind: 'chat' });
    const other = group.migrate();
    expect(await hello(group.id)).toMatchObject({ kind: 'chat', migrateTo: other.id });
    other.refuse(bot, 'kicked');
    expect(await hello(other.id)).toMatchObject({ kind: 'blocked', status: 403 });
    const edit = api.edit(chat.id, chat.says(anna, 'hers').message_id, plain('mine'), forever);
    expect(await failureOf(edit)).toMatchObject({ kind: 'failed', isPermanent: true });
    chat.refuse(bot, 'blocked');
    expect(await hello(chat.id)).toMatchObject({ kind: 'blocked', status: 403 });
  });
});

describe('what came of it', () => {
  it.each<[string, Fault, boolean]>([
    ['cut before it was carried out', { answer: { cut: 'before' } }, false],
    ['cut after it was carried out', { answer: { cut: 'before' }, isDone: true }, true],
    ['cut in the middle of the answer', { answer: { cut: 'middle' }, isDone: true }, true],
    ['garbage as an answer', { answer: { status: 200, body: '<html>Hello</html>' } }, false],
    ['JSON that says nothing', { answer: { status: 200, body: '[]' }, isDone: true }, true],
    [
      'another gateway without an answer',
      { answer: { status: 502, body: '<html>Bad Gateway</html>' } },
      false,
    ],
    ['no answer in time', { answer: 'hang', isDone: true }, true],
    ['an answer without end', { answer: 'endless', isDone: true }, true],
    ['an answer that is too long', { answer: { hugeBytes: 9_000_000 }, isDone: true }, true],
  ])('is uncertain after %s', async (_, fault, isThere) => {
    const { api, chat, server, forever } = await telegramRig({ requestMs: 1_500 });
    server.fault({ method: 'sendMessage', ...fault });

    const failure = await failureOf(api.send(chat.id, plain('hello'), { signal: forever }));

    expect(failure).toMatchObject({ kind: 'unreachable', isUncertain: true, isPermanent: false });
    expect(chat.botTexts()).toEqual(isThere ? ['hello'] : []);
  });

  it('is certain where nothing listens, and where the address must not be asked', async () => {
    const { bot, chat, server, forever, with: open, http } = await telegramRig();
    const hello = (root: string) =>
      failureOf(open(bot.token, root).send(chat.id, plain('a'), { signal: forever }));

    expect(await hello('http://169.254.169.254')).toMatchObject({ kind: 'unreachable', isUncertain: false });
    expect(await hello('http://telegram.example')).toMatchObject({ kind: 'unreachable', isUncertain: false });
    await server.close();
    expect(await hello(server.apiRoot)).toMatchObject({ kind: 'unreachable', isUncertain: false });
    await http.close();
  });

  it('follows no redirect, and takes no page for a wrong token', async () => {
    const { api, server, forever } = await telegramRig();
    const location = 'https://telegram.example/';
    server.fault({ answer: { status: 302, body: '', headers: { location } } });
    server.fault({ answer: { status: 404, body: '<html>no such page</html>' } });

    expect(await failureOf(api.me(forever))).toMatchObject({
      kind: 'unreachable',
      status: 302,
      isUncertain: false,
    });
    expect(await failureOf(api.me(forever))).toMatchObject({
      kind: 'unreachable',
      status: 404,
      isUncertain: false,
    });
  });

  it('reads large answers as long as they are right', async () => {
    const { api, server, news } = await telegramRig();
    server.fault({ method: 'getUpdates', answer: { hugeBytes: 4_200_000 } });

    expect(await api.updates(news())).toEqual([]);
  });

  it('fails where the result has another form', async () => {
    const { api, chat, server, forever, news } = await telegramRig();
    const body = JSON.stringify({ ok: true, result: { message_id: 'seven' } });
    server.fault({ answer: { status: 200, body }, times: 2 });

    expect(await failureOf(api.send(chat.id, plain('a'), { signal: forever }))).toMatchObject({
      kind: 'failed',
      isUncertain: true,
    });
    expect(await failureOf(api.updates(news()))).toMatchObject({ kind: 'failed' });
  });
});

it('has its token in no error and no line of the log, even where the server repeats it', async () => {
  const { api, bot, chat, server, lines, forever, with: open } = await telegramRig({ requestMs: 1_500 });
  const secret = bot.token.split(':')[1] ?? '';
  const short = '12345:abc_short';
  const echo = `Not Found: /bot${bot.token}/sendMessage, ${encodeURIComponent(bot.token)}`;
  const answers: Fault['answer'][] = [
    { refuse: 404, description: echo },
    { status: 500, body: echo },
    { cut: 'before' },
    'hang',
    { refuse: 400, description: `Bad Request: ${short}` },
  ];
  const failures: Error[] = [];
  for (const answer of answers) {
    server.fault({ answer });
    const asked = failures.length === 4 ? open(short) : api;
    failures.push(await failureOf(asked.send(chat.id, plain('what nobody may read'), { signal: forever })));
  }

  const shown = failures.flatMap((failure) => [
    failure.message,
    failure.stack,
    JSON.stringify(failure),
    String(failure.cause),
  ]);
  expect(failures[0]?.message).toMatch(/^sendMessage: 404 Not Found/);
  expect(lines).toHaveLength(answers.length);
  for (const text of [...shown, ...lines]) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain('abc_short');
    expect(text).not.toContain('nobody may read');
  }
});

it("lets nothing but the operator's own address lead home", async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('{}');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const { bot, forever, with: open } = await telegramRig();

  await failureOf(open(bot.token, `http://127.0.0.1:${port}/telegram/`).me(forever));

  expect(asked).toEqual([`/telegram/bot${bot.token}/getMe`]);
  await new Promise((resolve) => server.close(resolve));
});

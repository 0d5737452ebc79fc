import { parse } from 'ltx';
import { describe, expect, it } from 'vitest';
import { filesIn } from '../../../src-main/engine/messages/files-in-message.ts';
import { accountMaker, aDedicatedBot } from '../../support/account-maker.ts';
import { answerFields, valuesAt } from '../../support/answer-fields.ts';
import { describedRoutes } from '../../support/described.ts';
import { fileEngine } from '../../support/file-engine.ts';
import { messageData } from '../../support/message-data.ts';
import { telegramFor } from '../../support/telegram/bridged-bot.ts';
import { aBot, engineWithBot, type TestEngine } from '../../support/test-engine.ts';
import { fileForm, picture } from '../../support/uploaded.ts';

const { document, operations } = await describedRoutes();

type Answers = Record<string, unknown>[];
/** The answers of a route: some with the field, some without, each for a reason. */
type Row = {
  fields: readonly string[];
  /** What is true of a value of these fields. */
  is: (value: unknown) => boolean;
  answers: () => Promise<{ with: Answers; without: Answers }>;
};

const bodies = async (
  ...calls: Promise<{ status: number; body: Record<string, unknown> }>[]
): Promise<Answers> => {
  const answers = await Promise.all(calls);
  for (const { status, body } of answers) expect(status, JSON.stringify(body)).toBe(200);
  return answers.map(({ body }) => body);
};
const isToken = (value: unknown) => /^bm_[0-9a-f]{64}$/.test(String(value));

/** The token of a bot is shown on this machine, and not to the network. */
const shown =
  (ask: (engine: TestEngine & { token: string; id: number }, admin: string) => Promise<Answers>) =>
  async () => {
    const engine = await engineWithBot();
    const admin = engine.engine.adminToken.show();
    const here = await ask(engine, admin);
    engine.live.given.mode = 'network';
    return { with: here, without: await ask(engine, admin) };
  };

/** Only a dedicated bot has an account that is made and removed. */
const dedicated =
  (ask: (engine: TestEngine, mode: 'dedicated' | 'personal') => Promise<Answers>) => async () => {
    const engine = await engineWithBot();
    accountMaker(engine);
    return { with: await ask(engine, 'dedicated'), without: await ask(engine, 'personal') };
  };
const create = (path: string) =>
  dedicated((engine, mode) =>
    bodies(engine.call('POST', path, { body: { name: 'x', account: 'you@localhost', mode } })),
  );
const remove = (method: 'POST' | 'DELETE') =>
  dedicated(async (engine, mode) => {
    const { id } = mode === 'dedicated' ? await aDedicatedBot(engine) : await aBot(engine);
    return bodies(
      method === 'POST'
        ? engine.call('POST', '/bot/delete', { body: { id } })
        : engine.call('DELETE', `/bot/delete?id=${id}`),
    );
  });

/** A token with scopes says so. */
const scoped = (path: (id: number) => string, body: (id: number) => Record<string, unknown>) => async () => {
  const engine = await engineWithBot();
  const ask = (more: object) =>
    bodies(engine.call('POST', path(engine.id), { body: { ...body(engine.id), ...more } }));
  return { with: await ask({ scopes: ['read', 'send'] }), without: await ask({}) };
};

const LINK = 'https://upload.example/a.png';
const fileMessage = (body: string, size: string) =>
  parse(
    `<message><body>${body}</body><x xmlns='jabber:x:oob'><url>${LINK}</url></x>` +
      `<file-sharing xmlns='urn:xmpp:sfs:0'><file xmlns='urn:xmpp:file:metadata:0'>${size}</file>` +
      `<sources><url-data xmlns='http://jabber.org/protocol/url-data' target='${LINK}'/></sources></file-sharing></message>`,
  );

/** Updates of all kinds, with all that they can have, and with nothing more than they must have. */
async function updates(): Promise<{ with: Answers; without: Answers }> {
  const engine = await engineWithBot();
  const { store, receivedFiles } = engine.engine;
  const bare = await engineWithBot();
  const conversation = 'friend@localhost';
  const put = (to: TestEngine & { id: number }, type: string, data: Record<string, unknown>) =>
    to.engine.store.write((tx) => to.engine.updates.queue(tx, to.id as never, { type, conversation, data }));
  const files = await store.write((tx) =>
    receivedFiles.offer(
      tx,
      engine.id as never,
      filesIn(fileMessage(LINK, '<size>5</size><media-type>image/png</media-type>'), LINK),
    ),
  );
  const plain = messageData('hello');
  const said = { id: 'a', resource: 'phone', encrypted: true, reply_to: 'b', mentioned: true };
  const room = { room: 'r@rooms.localhost', nick: 'friend' };
  await put(engine, 'message', { ...plain, ...said, ...room, files, subject: 's', command: 'c', args: 'd' });
  await put(engine, 'room_joined', { ...plain, body: '', ...room, subject: 's', encrypted: true });
  await put(engine, 'room_left', { ...plain, body: '', ...room, reason: 'kicked', reason_text: 'why' });
  await put(engine, 'message_state', { ...plain, body: '', state: 'failed', reason: 'why' });
  const bridged = { author: 'Ada', chat_id: '7' };
  await put(engine, 'bridge_message', { ...plain, ...bridged, reply_to: 'b', edited: true });
  await put(bare, 'message', plain);
  await put(bare, 'bridge_message', { ...plain, ...bridged });
  const all = '?allowed_updates=message,room_joined,room_left,message_state,bridge_message';
  const read = (of: TestEngine & { token: string }) =>
    bodies(of.call('GET', `/bot/getUpdates${all}`, { token: of.token }));
  return { with: await read(engine), without: await read(bare) };
}

const text = (value: unknown) => typeof value === 'string' && value !== '';
const DATA = 'result[].data';
const ROWS: Record<string, Row[]> = {
  'POST /bot/create': [{ fields: ['jid', 'result.jid'], is: text, answers: create('/bot/create') }],
  'POST /api/v1/bots': [
    { fields: ['result.jid'], is: text, answers: create('/api/v1/bots') },
    {
      fields: ['result.webhook'],
      is: (value) => typeof value === 'object' && value !== null && 'secret' in value,
      async answers() {
        const engine = await engineWithBot();
        const made = (more: object) =>
          bodies(
            engine.call('POST', '/api/v1/bots', { body: { name: 'x', account: 'you@localhost', ...more } }),
          );
        return { with: await made({ webhook: { url: 'http://127.0.0.1:9/hook' } }), without: await made({}) };
      },
    },
  ],
  'POST /bot/delete': [
    { fields: ['account_removed', 'result.account_removed'], is: (v) => v === true, answers: remove('POST') },
  ],
  'DELETE /bot/delete': [
    {
      fields: ['account_removed', 'result.account_removed'],
      is: (v) => v === true,
      answers: remove('DELETE'),
    },
  ],
  'GET /bot/list': [
    {
      fields: ['bots[].token'],
      is: isToken,
      answers: shown((at, token) => bodies(at.call('GET', '/bot/list', { token }))),
    },
  ],
  'GET /bot/getMe': [
    {
      fields: ['token', 'result.token'],
      is: isToken,
      answers: shown((at) => bodies(at.call('GET', '/bot/getMe', { token: at.token }))),
    },
  ],
  'GET /bot/getInfo': [
    {
      fields: ['bot.token', 'result.bot.token'],
      is: isToken,
      answers: shown((at) => bodies(at.call('GET', '/bot/getInfo', { token: at.token }))),
    },
  ],
  'GET /api/v1/bots': [
    {
      fields: ['result[].token'],
      is: isToken,
      answers: shown((at, token) => bodies(at.call('GET', '/api/v1/bots', { token }))),
    },
  ],
  'GET /api/v1/bots/{id}/webhook': [
    {
      fields: ['result.secret'],
      is: (value) => String(value).startsWith('whsec_'),
      async answers() {
        const engine = await engineWithBot();
        const path = `/api/v1/bots/${engine.id}/webhook`;
        await bodies(engine.call('POST', path, { body: { url: 'http://127.0.0.1:9/hook' } }));
        return {
          with: await bodies(engine.call('GET', `${path}?secret=true`)),
          without: await bodies(engine.call('GET', path)),
        };
      },
    },
  ],
  'GET /api/v1/bots/{id}': [
    {
      fields: ['result.token'],
      is: isToken,
      answers: shown((at, token) => bodies(at.call('GET', `/api/v1/bots/${at.id}`, { token }))),
    },
  ],
  'PATCH /api/v1/bots/{id}': [
    {
      fields: ['result.token'],
      is: isToken,
      answers: shown((at, token) =>
        bodies(at.call('PATCH', `/api/v1/bots/${at.id}`, { token, body: { description: 'x' } })),
      ),
    },
  ],
  'POST /bot/token': [
    {
      fields: ['scopes', 'result.scopes'],
      is: (value) =>
        JSON.stringify(value) === '["read","send"]' || JSON.stringify(value) === '["send","read"]',
      answers: scoped(
        () => '/bot/token',
        (id) => ({ id }),
      ),
    },
  ],
  'POST /api/v1/bots/{id}/token': [
    {
      fields: ['result.scopes'],
      is: (value) =>
        JSON.stringify(value) === '["read","send"]' || JSON.stringify(value) === '["send","read"]',
      answers: scoped(
        (id) => `/api/v1/bots/${id}/token`,
        () => ({}),
      ),
    },
  ],
  'POST /bot/sendFile': [
    {
      fields: ['caption_message_id', 'result.caption_message_id'],
      is: text,
      async answers() {
        const { form } = await fileEngine();
        const to = 'friend@localhost';
        return {
          with: await bodies(form(fileForm({ to, caption: 'look' }, picture()))),
          without: await bodies(form(fileForm({ to }, picture()))),
        };
      },
    },
  ],
  'POST /bot/telegram/setup': [
    {
      fields: ['result.warning', 'warning'],
      is: (value) =>
        String(value).startsWith('It is stored, but not tried yet: Telegram could not be reached.'),
      answers: async () => {
        const engine = await engineWithBot();
        const { api, mybot, chat } = await telegramFor(engine);
        const { token } = engine;
        const body = { token: mybot.token, chat_id: chat.id };
        const setup = () => bodies(engine.call('POST', '/bot/telegram/setup', { token, body }));
        const without = await setup();
        await api.pause();
        return { with: await setup(), without };
      },
    },
  ],
  'GET /bot/getUpdates': [
    {
      fields: [
        'id',
        'resource',
        'reply_to',
        'room',
        'nick',
        'subject',
        'command',
        'args',
        'reason',
        'reason_text',
      ].map((name) => `${DATA}.${name}`),
      is: text,
      answers: updates,
    },
    {
      fields: [`${DATA}.encrypted`, `${DATA}.mentioned`, `${DATA}.edited`],
      is: (value) => value === true,
      answers: updates,
    },
    {
      fields: [`${DATA}.files`],
      is: (value) => Array.isArray(value) && value.length === 1,
      answers: updates,
    },
    { fields: [`${DATA}.files[].size`], is: (value) => value === 5, answers: updates },
    { fields: [`${DATA}.files[].type`], is: (value) => value === 'image/png', answers: updates },
  ],
};
/** The same as in the queue that they come from. */
const AS_IN_UPDATES = ['GET /api/v1/bots/{id}/dead-letters'];

describe('the fields that an answer need not have', () => {
  it('are all tried here', () => {
    for (const { method, path, operation } of operations) {
      const name = `${method} ${path}`;
      if (AS_IN_UPDATES.includes(name)) continue;
      const tried = (ROWS[name] ?? []).flatMap(({ fields }) => fields);
      const known = answerFields(operation, document).optional;
      expect([name, known]).toEqual([name, tried.sort()]);
    }
  });

  it.each(
    Object.entries(ROWS).flatMap(([name, rows]) =>
      rows.map((row) => [name, row.fields.join(', '), row] as const),
    ),
  )('of %s are there for a reason, and right: %s', async (_name, _fields, { fields, is, answers }) => {
    const seen = await answers();

    for (const field of fields) {
      const values = seen.with.flatMap((answer) => valuesAt(answer, field));
      expect(values, field).not.toEqual([]);
      expect(
        values.filter((value) => !is(value)),
        field,
      ).toEqual([]);
      expect(
        seen.without.flatMap((answer) => valuesAt(answer, field)),
        field,
      ).toEqual([]);
    }
  });
});

/** What a line of the log has besides its message, and updates as people look at them: of any kind there is. */
const OPEN = new Set(['result[].details', 'result.updates[].data']);

describe('the OpenAPI document', () => {
  it.each(operations)(
    'describes every object in the answer of $method $path to its last member',
    ({ operation }) => {
      const { open } = answerFields(operation, document);
      expect(open.filter((field) => !OPEN.has(field))).toEqual([]);
    },
  );
});

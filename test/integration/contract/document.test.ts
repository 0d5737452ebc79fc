import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { resolved } from '../../../src-main/http/docs/sample.ts';
import { describedRoutes } from '../../support/described.ts';

const { document, operations } = await describedRoutes();

/** What no row has, because it is only met in answers. */
const LED_TO = ['/bot/file/{token}'];

/** The rows of the contract's section 7: path, method, who may call, required fields. */
const ROWS = [
  ['/health', 'GET', 'anybody', []],
  ['/bot/create', 'POST', 'admin', ['name']],
  ['/bot/list', 'GET', 'admin', []],
  ['/bot/delete', 'POST', 'admin', ['id']],
  ['/bot/delete', 'DELETE', 'admin', ['id']],
  ['/bot/activate', 'POST', 'admin', ['id', 'active']],
  ['/bot/token', 'POST', 'admin', ['id']],
  ['/bot/revoke', 'POST', 'admin', ['id']],
  ['/bot/account/status', 'GET', 'admin', ['account']],
  ['/bot/account/status', 'POST', 'admin', ['account', 'enabled']],
  ['/bot/ejabberd/settings', 'GET', 'admin', []],
  ['/bot/ejabberd/settings', 'POST', 'admin', []],
  ['/bot/ejabberd/test', 'POST', 'admin', []],
  ['/bot/settings', 'GET', 'admin', []],
  ['/bot/settings', 'POST', 'admin', []],
  ['/bot/audit', 'GET', 'admin', []],
  ['/bot/omemo/devices', 'GET', 'admin', ['id']],
  ['/bot/omemo/devices', 'POST', 'admin', ['id', 'device', 'trust']],
  ['/bot/sendMessage', 'POST', 'bot', ['to', 'text']],
  ['/bot/sendFile', 'POST', 'bot', ['to', 'url']],
  ['/bot/getMessageState', 'GET', 'bot', ['message_id']],
  ['/bot/getUpdates', 'GET', 'bot', []],
  ['/bot/events', 'GET', 'bot', []],
  ['/bot/getMe', 'GET', 'bot', []],
  ['/bot/getInfo', 'GET', 'bot', []],
  ['/bot/setWebhook', 'POST', 'bot', ['url']],
  ['/bot/deleteWebhook', 'POST', 'bot', []],
  ['/bot/getWebhookInfo', 'GET', 'bot', []],
  ['/bot/sendReaction', 'POST', 'bot', ['to', 'message_id', 'reaction']],
  ['/bot/sendChatState', 'POST', 'bot', ['to', 'state']],
  ['/bot/deleteMessage', 'POST', 'bot', ['message_id']],
  ['/bot/joinRoom', 'POST', 'bot', ['room']],
  ['/bot/leaveRoom', 'POST', 'bot', ['room']],
  ['/bot/setCommands', 'POST', 'bot', ['commands']],
  ['/bot/getCommands', 'GET', 'bot', []],
  ['/bot/telegram/setup', 'POST', 'bot', ['token', 'chat_id']],
  ['/bot/telegram/status', 'GET', 'bot', []],
  ['/bot/telegram/enable', 'POST', 'bot', ['enabled']],
  ['/bot/telegram/send', 'POST', 'bot', ['text']],
  ['/bot/telegram/test', 'POST', 'bot', []],
  ['/bot/ai/setup', 'POST', 'bot', ['provider', 'model']],
  ['/bot/ai/status', 'GET', 'bot', []],
  ['/bot/ai/enable', 'POST', 'bot', ['enabled']],
  ['/bot/ai/ask', 'POST', 'bot', []],
  ['/bot/ai/usage', 'GET', 'bot', []],
] as const;

/** Answers of the contract that stand for themselves, and files. */
const BARE = ['/bot/list', '/bot/file/{token}'];

describe('the OpenAPI document', () => {
  it('is valid by the schema of OpenAPI 3.1', async () => {
    const validator = new Validator();

    const found = await validator.validate(structuredClone(document) as never);

    expect(found.errors ?? []).toEqual([]);
    expect(found.valid).toBe(true);
    expect(validator.version).toBe('3.1');
  });

  it.each(ROWS)('has %s %s for %s, which needs %j', (path, method, caller, required) => {
    const found = operations.find((one) => one.path === path && one.method === method);

    const parameters = found?.operation.parameters ?? [];
    const needed = [
      ...parameters.filter((parameter) => parameter.required).map(({ name }) => name),
      ...(found?.fields.required ?? []),
    ];
    expect({ caller: found?.caller, needed: needed.sort() }).toEqual({
      caller,
      needed: [...required].sort(),
    });
  });

  it('has no other route for programs and management', () => {
    const others = operations.filter(
      ({ path, method }) =>
        path.startsWith('/bot/') &&
        !LED_TO.includes(path) &&
        !ROWS.some(([at, by]) => path === at && method === by),
    );

    expect(others.map(({ path, method }) => `${method} ${path}`)).toEqual([]);
  });

  it.each(operations)('says what $method $path does, and describes its answer', ({ operation }) => {
    expect(operation.summary).toMatch(/^\S.{3,}/);
    expect(Object.values(operation.responses[200]?.content ?? {})).not.toEqual([]);
  });

  it.each(operations.filter(({ body }) => body))(
    'shows a body for $method $path that its own schema allows',
    ({ body, example }) => {
      const ajv = new Ajv2020({ strict: false, validateFormats: false });

      const isAllowed = ajv.validate({ ...body, components: document.components }, example);

      expect(isAllowed, `${ajv.errorsText()} in ${JSON.stringify(example)}`).toBe(true);
    },
  );

  it.each(operations.filter(({ path }) => path.startsWith('/bot/') && !BARE.includes(path)))(
    'answers $method $path in the envelope: an object in both readings, else a list or true in `result`',
    ({ operation, isStream }) => {
      if (isStream) return;
      const whole = operation.responses[200]?.content?.['application/json']?.schema ?? {};

      for (const schema of whole.anyOf ?? [whole]) {
        const { result, ...top } = schema.properties ?? {};
        const members = Object.keys(resolved(result ?? {}, document.components).properties ?? {});
        expect(schema.required).toEqual(expect.arrayContaining(['ok', 'result']));
        expect(top.ok?.const).toBe(true);
        expect(Object.keys(top).sort()).toEqual([...members, 'ok'].sort());
      }
    },
  );
});

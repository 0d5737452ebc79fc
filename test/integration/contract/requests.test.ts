import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonSchema } from '../../../src-main/http/openapi/types.ts';
import { type Described, describedRoutes } from '../../support/described.ts';
import { engineWithBot, failure } from '../../support/test-engine.ts';

const { document, operations } = await describedRoutes();
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const ajv = new Ajv2020({ strict: false, validateFormats: false });

const allows = (schema: JsonSchema, value: unknown) =>
  ajv.validate({ ...schema, components: document.components }, value);
/** What is wrong for most types; for each field, those that its schema does not allow are sent. */
const ODD = [{ odd: true }, ['odd'], 'odd', 7.5, true, null];

/** What a query may carry is text: these are no whole number, no flag and no name of anything. */
const ODD_TEXT = 'odd-text';

// Nothing that is refused changes anything, so these tests share one engine.
let engine: Awaited<ReturnType<typeof engineWithBot>>;
beforeAll(async () => {
  engine = await engineWithBot(afterAll);
});

const sent = (engine: { token: string }, { caller }: Described) =>
  caller === 'bot' ? { token: engine.token } : {};

describe.each(operations)('$method $path', (route) => {
  const { method, url, body, fields, example, operation } = route;

  it('is told which methods there are, when another is used', async () => {
    const known = Object.keys(document.paths[route.path] ?? {}).map((name) => name.toUpperCase());

    for (const other of METHODS.filter((one) => !known.includes(one))) {
      const { status, headers, body } = await engine.call(other, url, sent(engine, route));

      expect({ status, body }).toMatchObject(failure(405, 'method_not_allowed'));
      expect(String(headers.allow).split(', ').sort()).toEqual(known.sort());
    }
    // A HEAD request may not run what GET does.
    expect((await engine.app.inject({ method: 'HEAD', url })).statusCode).toBe(405);
  });

  if (method !== 'GET')
    it('refuses bodies that are no JSON, too large, or of another type', async () => {
      const ask = (body: string, type = 'application/json') =>
        engine.call(method, url, { ...sent(engine, route), body, headers: { 'content-type': type } });

      for (const broken of ['{', '{"a":}', 'nonsense', "{'a':1}", '\ufeff{', '{"a":1}x'])
        expect(await ask(broken)).toMatchObject(failure(400, 'bad_request'));
      expect(await ask(JSON.stringify({ x: 'x'.repeat(1024 * 1024) }))).toMatchObject(
        failure(413, 'too_large'),
      );
      const taken = Object.keys(operation.requestBody?.content ?? {});
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
      ].filter((one) => !taken.some((name) => one.startsWith(name))))
        expect(await ask('a=1', type)).toMatchObject(failure(415, 'unsupported_media_type'));
    });

  if (body && (fields.required ?? []).length > 0)
    it('names a field that is missing', async () => {
      for (const field of fields.required ?? []) {
        const { [field]: _, ...rest } = example ?? {};
        const answer = await engine.call(method, url, { ...sent(engine, route), body: rest });

        expect(answer).toMatchObject(failure(400, 'bad_request'));
        expect(answer.body.description).toContain(`\`${field}\``);
      }
    });

  if (body)
    it('names a field of another type', async () => {
      for (const [field, schema] of Object.entries(fields.properties ?? {})) {
        for (const odd of ODD.filter((value) => !allows(schema, value))) {
          const wrong = { ...example, [field]: odd };
          const answer = await engine.call(method, url, { ...sent(engine, route), body: wrong });

          expect(answer, `${field}: ${JSON.stringify(odd)}`).toMatchObject(failure(400, 'bad_request'));
          expect(answer.body.description).toContain(`\`${field}`);
        }
      }
    });

  if (body)
    it('takes nothing else for its object', async () => {
      for (const whole of [null, [], 'text', 7, true].filter((value) => !allows(body ?? {}, value))) {
        const answer = await engine.call(method, url, {
          ...sent(engine, route),
          body: JSON.stringify(whole),
        });

        expect(answer, String(whole)).toMatchObject(failure(400, 'bad_request'));
      }
    });

  if (operation.parameters?.some((one) => one.in === 'query'))
    it('names a part of the query that is wrong', async () => {
      for (const { name, schema, required } of operation.parameters?.filter((one) => one.in === 'query') ??
        []) {
        const [path = ''] = url.split('?');
        const ask = (query: Record<string, string>) =>
          engine.call(method, `${path}?${new URLSearchParams(query)}`, {
            ...sent(engine, route),
            ...(example && { body: example }),
          });
        const rest = Object.fromEntries(new URL(url, 'http://x').searchParams);
        delete rest[name];
        const wrong = [
          ...(required ? [rest] : []),
          ...(isText(schema) ? [] : [{ ...rest, [name]: ODD_TEXT }]),
        ];

        for (const query of wrong) {
          const answer = await ask(query);

          expect(answer, JSON.stringify(query)).toMatchObject(failure(400, 'bad_request'));
          expect(answer.body.description).toContain(`\`${name}`);
        }
      }
    });

  if (example && !route.isStream)
    it('ignores fields that it does not know', async () => {
      const [one, other] = [await engineWithBot(), await engineWithBot()];

      const plain = await one.call(method, url, { ...sent(one, route), body: example });
      const more = await other.call(method, url, {
        ...sent(other, route),
        body: { ...example, unknown_field: { deep: [1] }, constructor: 1 },
      });

      expect(more.status).toBe(plain.status);
      expect(Object.keys(more.body)).toEqual(Object.keys(plain.body));
    });
});

/** A text of any kind, for which the odd text is none. */
const isText = ({ type, enum: names, pattern, anyOf }: JsonSchema): boolean =>
  (type === 'string' && !names && !pattern) || (anyOf?.some(isText) ?? false);

describe('a path that does not exist', () => {
  it.each(['/', '/nonsense', '/bot', '/bot/', '/bot/getme', '/bot/getMe/x', '/api/v1', '/api/v2/status'])(
    'gets 404 in the envelope: %s',
    async (path) => {
      expect(await engine.call('POST', path, { token: engine.token, body: {} })).toMatchObject(
        failure(404, 'not_found'),
      );
    },
  );
});

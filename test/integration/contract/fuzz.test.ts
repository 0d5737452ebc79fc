import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describedRoutes } from '../../support/described.ts';
import { engineWithBot } from '../../support/test-engine.ts';

const { operations } = await describedRoutes();

/** Near misses find more than noise: a good body in which fields have values of any kind, and bodies of any kind. */
const anyBody = (example: object, fields: string[]) => {
  const some = fc.dictionary(fc.constantFrom(...fields, 'x'), odd, { maxKeys: 6 });
  return fc.oneof(
    { weight: 2, arbitrary: some.map((changed) => ({ ...example, ...changed })) },
    { weight: 2, arbitrary: some },
    { weight: 1, arbitrary: fc.jsonValue() },
  );
};
/** Fields that would make the engine call other machines. */
const HARMLESS: Record<string, object> = {
  '/api/v1/accounts': { verify: false },
};
const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.integer(),
  fc.double(),
  fc.constantFrom('', ' ', '0', '-1', '1e9', '\u0000', '\ud800', '\uffff', 'a@b', 'a@b/c', '__proto__'),
  fc.constantFrom('you@localhost', 'http://[::1]:7842', 'https://127.1/', 'whsec_', 2 ** 53),
);
const anyQuery = (names: string[]) =>
  fc.array(fc.tuple(fc.constantFrom(...names, 'x'), fc.string({ unit: 'binary', maxLength: 20 })), {
    maxLength: 4,
  });

describe.each(operations.filter(({ isStream }) => !isStream))('$method $path', (route) => {
  it('answers as described, whatever is sent to it', async () => {
    const engine = await engineWithBot();
    const { method, path: template, url, caller, fields, example, operation } = route;
    const names = (operation.parameters ?? []).map(({ name }) => name);
    const [path = ''] = url.split('?');

    const harmless = (sent: unknown) =>
      HARMLESS[template] && typeof sent === 'object' && sent !== null
        ? { ...sent, ...HARMLESS[template] }
        : sent;

    await fc.assert(
      fc.asyncProperty(
        anyBody(example ?? {}, Object.keys(fields.properties ?? {})),
        anyQuery(names),
        async (sent, query) => {
          const found = new URLSearchParams(query.filter(([name]) => name !== 'timeout')).toString();
          // Every answer is held against the document by `call`, in which no 500 is described.
          const { status } = await engine.call(method, `${path}${found === '' ? '' : `?${found}`}`, {
            ...(caller === 'bot' && { token: engine.token }),
            ...(method !== 'GET' && { body: JSON.stringify(harmless(sent)) ?? '' }),
          });
          expect(status).not.toBe(500);
        },
      ),
      { numRuns: 40 },
    );
    // A backup makes a key of its passphrase, which takes its time on a busy machine.
  }, 120_000);
});

describe('any request at all', () => {
  it('never gives a 500', async () => {
    const engine = await engineWithBot();
    const path = fc.webPath({ size: 'medium' });
    const verb = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE' as const);
    const header = fc.dictionary(fc.stringMatching(/^x-[a-z]{1,10}$/), fc.stringMatching(/^[ -~]{0,30}$/));

    await fc.assert(
      fc.asyncProperty(verb, path, header, fc.string(), async (method, at, headers, sent) => {
        const { status } = await engine.call(method as 'GET', at === '' ? '/' : at, {
          headers,
          ...(method !== 'GET' && { body: sent }),
        });
        expect(status).not.toBe(500);
      }),
      { numRuns: 100 },
    );
  });
});

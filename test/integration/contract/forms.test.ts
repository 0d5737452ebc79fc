import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileFieldOf } from '../../../src-main/http/docs/examples/request.ts';
import { objectIn } from '../../../src-main/http/docs/sample.ts';
import { describedRoutes } from '../../support/described.ts';
import { engineWithBot, failure } from '../../support/test-engine.ts';

const FORM = 'multipart/form-data';
const BOUNDARY = 'between-the-parts';
const { document, operations } = await describedRoutes();
const [withForm, without] = [true, false].map((takes) =>
  operations.filter(
    ({ body, operation }) => body && (operation.requestBody?.content[FORM] !== undefined) === takes,
  ),
);

let engine: Awaited<ReturnType<typeof engineWithBot>>;
beforeAll(async () => {
  engine = await engineWithBot(afterAll);
});

const part = (name: string, text: string, more = '') =>
  `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n${text}\r\n`;
const form = (parts: string[], end = `--${BOUNDARY}--\r\n`) => parts.join('') + end;

function ask({ method, url, caller }: (typeof operations)[number], body: string, token = engine.token) {
  const headers = { 'content-type': `${FORM}; boundary=${BOUNDARY}` };
  return engine.call(method as 'POST', url, { body, headers, ...(caller === 'bot' && { token }) });
}

/** The fields of a route's form as parts of one, and which of them is its file. */
function partsOf({ operation, example = {} }: (typeof operations)[number]) {
  const schema = objectIn(operation.requestBody?.content[FORM]?.schema ?? {}, document.components);
  const file = fileFieldOf(schema);
  const needed = (schema.required ?? []).filter((name) => name !== file);
  const fields = needed.map((name) => ({ name, text: part(name, String(example[name] ?? 'text')) }));
  return { file: { name: file, text: part(file, 'bytes', '; filename="a.txt"') }, fields };
}

describe('a form', () => {
  it.each(without ?? [])('is refused by $method $path, which takes none', async (route) => {
    expect(await ask(route, form([part('x', '1')]))).toMatchObject(failure(415, 'unsupported_media_type'));
  });

  it.each(withForm ?? [])('for $method $path names what is missing in it', async (route) => {
    const { file, fields } = partsOf(route);
    for (const missing of [...fields, file]) {
      const left = [...fields, file].filter((one) => one !== missing);
      const answer = await ask(route, form(left.map(({ text }) => text)));
      expect(answer, missing.name).toMatchObject(failure(400, 'bad_request'));
      expect(answer.body.description).toContain(`\`${missing.name}\``);
    }
  });

  it.each(withForm ?? [])('for $method $path has to be whole', async (route) => {
    const { file, fields } = partsOf(route);
    const whole = [...fields, file].map(({ text }) => text);

    for (const broken of [form(whole, '').slice(0, -20), 'nothing of the kind', `--${BOUNDARY}`])
      expect((await ask(route, broken)).status, broken).toBe(400);
  });

  it.each(withForm ?? [])('for $method $path needs a token that is known', async (route) => {
    const { file, fields } = partsOf(route);
    const whole = form([...fields, file].map(({ text }) => text));

    if (route.caller === 'bot')
      expect(await ask(route, whole, `bm_${'0'.repeat(64)}`)).toMatchObject(failure(401, 'unauthorized'));
  });
});

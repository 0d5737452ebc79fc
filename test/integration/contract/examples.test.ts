import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { describedRoutes } from '../../support/described.ts';

const { document, operations } = await describedRoutes();

describe('the examples of the OpenAPI document', () => {
  it('gives each route a name that no other one has', () => {
    const names = operations.map(({ operation }) => operation.operationId);

    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(names.filter((name) => !/^[a-z]+([A-Z0-9][a-z0-9]*)*$/.test(name))).toEqual([]);
  });

  it.each(operations)('has examples for $method $path that its own schemas allow', ({ operation }) => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    const contents = [operation.requestBody?.content, operation.responses[200]?.content];
    for (const { schema, examples } of contents.flatMap((content) => Object.values(content ?? {}))) {
      for (const { value } of Object.values(examples ?? {})) {
        const isAllowed = ajv.validate({ ...schema, components: document.components }, value);

        expect(isAllowed, `${ajv.errorsText()} in ${JSON.stringify(value)}`).toBe(true);
        // Nothing that the table of values has no word for.
        expect(JSON.stringify(value)).not.toContain('"..."');
      }
    }
    const isJson = operation.responses[200]?.content?.['application/json'];
    if (isJson) expect(isJson.examples).toHaveProperty('example');
    expect(operation['x-codeSamples']?.map(({ lang }) => lang)).toEqual(
      expect.arrayContaining(['Shell', 'Python', 'TypeScript']),
    );
  });
});

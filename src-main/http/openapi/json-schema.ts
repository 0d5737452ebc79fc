import { z } from 'zod';
import { $ZodType } from 'zod/v4/core';
import type { JsonSchema } from './types.ts';

/**
 * Turns the Zod schemas that requests are read with into JSON Schema (2020-12, which OpenAPI 3.1 takes as it is).
 * Schemas with an `id` in their metadata become components, which `components` collects.
 */
export function jsonSchemas() {
  const components: Record<string, JsonSchema> = {};

  /** `input` is what a caller sends, `output` what leaves after defaults and transformations. */
  function of(schema: unknown, io: 'input' | 'output'): JsonSchema {
    if (!(schema instanceof $ZodType)) throw new TypeError('The schemas of routes are Zod schemas.');
    const converted = z.toJSONSchema(schema, {
      io,
      unrepresentable: 'any',
      override: ({ zodSchema: { _zod }, jsonSchema }) => {
        // Zod leaves the default out where a transformation follows; what may be left out has to be said.
        if (io === 'input' && _zod.def.type === 'default') jsonSchema.default ??= _zod.def.defaultValue;
      },
    });
    // Through JSON: what Zod adds for its own use goes, and every reference is found wherever it stands.
    const { $schema, $defs, ...json } = JSON.parse(
      JSON.stringify(converted).replaceAll('"#/$defs/', '"#/components/schemas/'),
    );
    Object.assign(components, $defs);
    return json as JsonSchema;
  }

  return { of, components };
}
export type JsonSchemas = ReturnType<typeof jsonSchemas>;

import { UpdateType } from '../../../src-shared/api/common.ts';
import { updateData } from '../../../src-shared/api/updates.ts';
import type { JsonSchemas } from './json-schema.ts';
import type { JsonSchema } from './types.ts';

/** `Update` by its types, each with the `data` that it has. */
export function updateSchemas(schemas: JsonSchemas): Record<string, JsonSchema> {
  const described = UpdateType.options.map((type): [string, JsonSchema] => {
    const data = Object.hasOwn(updateData, type)
      ? schemas.of(updateData[type as keyof typeof updateData], 'output')
      : { type: 'object' };
    return [nameOf(type), updateOf(type, data)];
  });
  return {
    ...Object.fromEntries(described),
    Update: { oneOf: described.map(([name]) => ({ $ref: `#/components/schemas/${name}` })) },
  };
}

const updateOf = (type: string, data: JsonSchema): JsonSchema => ({
  type: 'object',
  properties: { update_id: { type: 'integer' }, type: { const: type }, data },
  required: ['update_id', 'type', 'data'],
});

/** `message_state`: `MessageStateUpdate`. */
const nameOf = (type: string) =>
  `${type
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')}Update`;

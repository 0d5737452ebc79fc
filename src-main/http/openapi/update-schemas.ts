import { UpdateType } from '../../../src-shared/api/common.ts';
import { updateData } from '../../../src-shared/api/updates.ts';
import type { JsonSchemas } from './json-schema.ts';
import type { JsonSchema } from './types.ts';

/** `Update` by its types, each with the `data` that it has; `UpdateData` is that of any of them. */
export function updateSchemas(schemas: JsonSchemas): Record<string, JsonSchema> {
  const types = UpdateType.options;
  const data = types.map((type): [string, JsonSchema] => [dataNameOf(type), dataOf(type, schemas)]);
  const updates = types.map((type): [string, JsonSchema] => [nameOf(type), updateOf(type)]);
  return {
    ...Object.fromEntries([...data, ...updates]),
    UpdateData: { anyOf: data.map(([name]) => reference(name)) },
    Update: { oneOf: updates.map(([name]) => reference(name)) },
  };
}

const reference = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

const dataOf = (type: string, schemas: JsonSchemas): JsonSchema =>
  Object.hasOwn(updateData, type)
    ? schemas.of(updateData[type as keyof typeof updateData], 'output')
    : { type: 'object', additionalProperties: false };

const updateOf = (type: string): JsonSchema => ({
  type: 'object',
  properties: { update_id: { type: 'integer' }, type: { const: type }, data: reference(dataNameOf(type)) },
  required: ['update_id', 'type', 'data'],
  additionalProperties: false,
});

const dataNameOf = (type: string) => `${nameOf(type)}Data`;
/** `message_state`: `MessageStateUpdate`. */
const nameOf = (type: string) =>
  `${type
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')}Update`;

import type { JsonSchema, OpenApiDocument } from '../../openapi/types.ts';
import { resolved } from '../sample.ts';
import { FIELD_VALUES, FirstThatFits } from './values.ts';

type Components = Pick<OpenApiDocument['components'], 'schemas'>;

/**
 * A value of that schema as people would meet it: from the table of values by the name of its field, else what the schema
 * itself has for an example, else the simplest one. Objects have all their members. `special` goes before the table.
 */
export function realistic(
  schema: JsonSchema,
  components: Components,
  name = '',
  special: Readonly<Record<string, unknown>> = {},
): unknown {
  const known = resolved(schema, components);
  const [example] = known.examples ?? [];
  if (example !== undefined) return example;
  const chosen = listed(name, special).find((value) => fits(known, value, components));
  if (chosen !== undefined) return chosen;
  const fixed = known.const ?? known.enum?.[0] ?? known.default;
  if (fixed !== undefined) return fixed;
  if (known.properties) {
    return Object.fromEntries(
      Object.entries(known.properties).map(([key, member]) => [
        key,
        realistic(member, components, key, special),
      ]),
    );
  }
  const branches = known.anyOf ?? known.oneOf ?? [];
  const [branch] = branches.filter(({ type }) => type !== 'null');
  if (branch) return realistic(branch, components, name, special);
  return simplest(known, components, name, special);
}

/** What the table has for a field. */
function listed(name: string, special: Readonly<Record<string, unknown>>): readonly unknown[] {
  if (Object.hasOwn(special, name)) return [special[name]];
  if (!Object.hasOwn(FIELD_VALUES, name)) return [];
  const value = FIELD_VALUES[name];
  return value instanceof FirstThatFits ? value.values : [value];
}

function simplest(
  schema: JsonSchema,
  components: Components,
  name: string,
  special: Readonly<Record<string, unknown>>,
): unknown {
  const [type] = [schema.type].flat();
  switch (type) {
    case 'array':
      return schema.items ? [realistic(schema.items, components, name, special)] : [];
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 0, 0);
    case 'boolean':
      return true;
    case 'object':
      return {};
    default:
      return '...'.padEnd(schema.minLength ?? 0, '.');
  }
}

/** Whether a value can stand there, as far as its type says. */
function fits(schema: JsonSchema, value: unknown, components: Components): boolean {
  const { type, enum: names, const: only, anyOf, oneOf } = resolved(schema, components);
  if (only !== undefined) return only === value;
  if (names) return names.includes(value);
  const branches = anyOf ?? oneOf;
  if (branches && type === undefined) return branches.some((branch) => fits(branch, value, components));
  const kind = kindsOf(value);
  return type === undefined || [type].flat().some((one) => kind.includes(one));
}

function kindsOf(value: unknown): string[] {
  if (value === null) return ['null'];
  if (Array.isArray(value)) return ['array'];
  return typeof value === 'number' ? ['integer', 'number'] : [typeof value];
}

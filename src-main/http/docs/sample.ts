import type { JsonSchema, OpenApiDocument } from '../openapi/types.ts';

type Components = OpenApiDocument['components'];

/** The schema itself, or the component that it names. */
export function resolved(schema: JsonSchema, { schemas }: Pick<Components, 'schemas'>): JsonSchema {
  const name = schema.$ref?.split('/').at(-1);
  return (name === undefined ? undefined : schemas[name]) ?? schema;
}

/** The part of a body's schema that is an object; the body may be allowed to be something else, or nothing. */
export function objectIn(schema: JsonSchema, components: Pick<Components, 'schemas'>): JsonSchema {
  const known = resolved(schema, components);
  return known.properties ? known : (known.anyOf?.find(({ properties }) => properties) ?? known);
}

/** A value of that schema: an example where it has one, else the simplest that has all required members. */
export function sample(schema: JsonSchema, components: Pick<Components, 'schemas'>): unknown {
  const known = resolved(schema, components);
  const [shown = known.const ?? known.default ?? known.enum?.[0]] = known.examples ?? [];
  if (shown !== undefined) return shown;
  const [branch] = known.anyOf ?? [];
  if (branch && !known.properties) return sample(branch, components);
  const type = [known.type].flat()[0];
  if (type === 'object') {
    const { properties = {}, required = [] } = known;
    return Object.fromEntries(
      required.map((name) => [name, sample(properties[name] ?? {}, components)] as const),
    );
  }
  if (type === 'array') return known.items ? [sample(known.items, components)] : [];
  if (type === 'integer' || type === 'number') return known.minimum ?? 0;
  if (type === 'boolean') return true;
  return '...'.padEnd(known.minLength ?? 0, '.');
}

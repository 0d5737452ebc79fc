import type { JsonSchema, OpenApiDocument, Operation } from '../openapi/types.ts';

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

/** Quoted for a POSIX shell. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** The request as a line for the shell, with the required fields filled in. */
export function curl(
  server: string,
  path: string,
  method: string,
  { security, parameters = [], requestBody }: Operation,
  components: Pick<Components, 'schemas'>,
): string {
  const value = (name: string) => {
    const parameter = parameters.find((one) => one.name === name);
    return encodeURIComponent(String(sample(parameter?.schema ?? {}, components)));
  };
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => value(name));
  const query = parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required)
    .map(({ name }) => `${name}=${value(name)}`)
    .join('&');
  const url = server + filled + (query === '' ? '' : `?${query}`);
  const body = requestBody?.content['application/json']?.schema;
  const words = [
    `curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}${/[?&]/.test(url) ? quoted(url) : url}`,
    ...(security.some((scheme) => 'botToken' in scheme) ? ['-H "Authorization: Bearer $TOKEN"'] : []),
    ...(body
      ? ['-H "Content-Type: application/json"', `-d ${quoted(JSON.stringify(sample(body, components)))}`]
      : []),
  ];
  return words.join(' \\\n  ');
}

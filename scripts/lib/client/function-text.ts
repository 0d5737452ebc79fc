import { objectIn } from '../../../src-main/http/docs/sample.ts';
import type { JsonSchema, OpenApiDocument, Operation } from '../../../src-main/http/openapi/types.ts';
import { commentText, objectText, typeText } from './type-text.ts';

export interface Route {
  method: string;
  path: string;
  operation: Operation;
}

const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** The function of one route, with the types of what it takes and gives. */
export function functionText(route: Route, { components }: OpenApiDocument): string {
  const { method, path, operation } = route;
  const name = operation.operationId;
  const fields = fieldsOf(route, components);
  const inputName = `${capital(name)}Input`;
  const names = Object.keys(fields.all.properties ?? {});
  const input =
    names.length === 0 ? '' : `export interface ${inputName} ${objectText(fields.all, 'input')}\n\n`;
  const isOptional = (fields.all.required ?? []).length === 0;
  const { reader, type, declared } = answerOf(operation, `${capital(name)}Answer`);
  const comment = commentText(
    `${operation.summary.replace(/([^.?!])$/, '$1.')} \`${method} ${path}\``,
    operation.description,
    `Refusals: ${refusalsOf(operation)}.`,
  );
  const parameters = [
    'client: Client',
    ...(names.length === 0 ? [] : [`input: ${inputName}${isOptional ? ' = {}' : ''}`]),
    'options?: CallOptions',
  ];
  const { before, call } = callText(route, fields);
  const result =
    reader === 'eventsOf' ? `AsyncGenerator<ServerEvent<${type}>, void, undefined>` : `Promise<${type}>`;
  const generic = reader === 'bytesOf' ? '' : `<${type}>`;
  return `${input}${declared}${comment}export function ${name}(${parameters.join(', ')}): ${result} {\n${before}return ${reader}${generic}(client, ${call}, options);\n}\n`;
}

interface Fields {
  path: string[];
  query: string[];
  body: string[];
  /** All of them as one object. */
  all: JsonSchema;
}

function fieldsOf({ operation, path }: Route, components: OpenApiDocument['components']): Fields {
  const parameters = (operation.parameters ?? []).filter((one) => one.in !== 'header');
  const content = operation.requestBody?.content ?? {};
  const body = merged(
    Object.values(content).map(({ schema }) => objectIn(schema, components)),
    operation.requestBody?.required === true,
  );
  const names = [...parameters.map(({ name }) => name), ...Object.keys(body.properties ?? {})];
  const double = names.find((name, index) => names.indexOf(name) !== index);
  if (double !== undefined)
    throw new Error(`${path} has the field ${double} twice: the client has no place for both`);
  const described = (parameter: (typeof parameters)[number]): [string, JsonSchema] => [
    parameter.name,
    {
      ...parameter.schema,
      ...(parameter.description !== undefined && { description: parameter.description }),
    },
  ];
  return {
    path: parameters.filter((one) => one.in === 'path').map(({ name }) => name),
    query: parameters.filter((one) => one.in === 'query').map(({ name }) => name),
    body: Object.keys(body.properties ?? {}),
    all: {
      properties: { ...Object.fromEntries(parameters.map(described)), ...body.properties },
      required: [
        ...parameters.filter(({ required }) => required).map(({ name }) => name),
        ...(body.required ?? []),
      ],
    },
  };
}

/** The fields of a body that can be written in several ways: needed is what each of them needs. */
function merged(bodies: JsonSchema[], isNeeded: boolean): JsonSchema {
  const properties = Object.assign({}, ...bodies.map((body) => body.properties ?? {}));
  const required = Object.keys(properties).filter((name) =>
    bodies.every((body) => body.required?.includes(name)),
  );
  return { properties, required: isNeeded ? required : [] };
}

/** The call, and what has to stand before it. */
function callText({ method, path }: Route, fields: Fields): { before: string; call: string } {
  const kinds = [fields.path, fields.query, fields.body].filter(({ length }) => length > 0).length;
  const at = path.replace(
    /\{(\w+)\}/g,
    (_, name: string) => `\${encodeURIComponent(${kinds > 1 ? name : `input.${name}`})}`,
  );
  const where = at === path ? `'${path}'` : `\`${at}\``;
  const parts = [`method: '${method}'`, `path: ${where}`];
  if (kinds <= 1) {
    if (fields.query.length > 0) parts.push('query: input');
    if (fields.body.length > 0) parts.push('body: input');
    return { before: '', call: `{ ${parts.join(', ')} }` };
  }
  // Each field goes to its own place, and what is left over is the body (or the query, where there is none).
  const rest = fields.body.length > 0 ? 'body' : 'query';
  const named = [...fields.path, ...(rest === 'body' ? fields.query : [])];
  if (rest === 'body' && fields.query.length > 0) parts.push(`query: { ${fields.query.join(', ')} }`);
  parts.push(rest);
  return {
    before: `const { ${[...named, `...${rest}`].join(', ')} } = input;\n`,
    call: `{ ${parts.join(', ')} }`,
  };
}

function answerOf(
  { responses }: Operation,
  typeName: string,
): { reader: string; type: string; declared: string } {
  const content = responses['200']?.content ?? {};
  if (content['text/event-stream']) {
    return {
      reader: 'eventsOf',
      type: typeName.startsWith('FollowUpdates') ? 'Update' : 'Record<string, unknown>',
      declared: '',
    };
  }
  const schema = content['application/json']?.schema;
  if (!schema) return { reader: 'bytesOf', type: 'Blob', declared: '' };
  const shapes = schema.anyOf ?? [schema];
  const isEnvelope = shapes.every(({ properties }) => properties?.result !== undefined);
  const results = isEnvelope ? shapes.map(({ properties }) => properties?.result ?? {}) : shapes;
  const reader = isEnvelope ? 'resultOf' : 'wholeOf';
  const [only] = results;
  if (results.length === 1 && only?.properties) {
    return {
      reader,
      type: typeName,
      declared: `export interface ${typeName} ${objectText(only, 'output')}\n\n`,
    };
  }
  const type = typeText({ anyOf: results }, 'output');
  if (type.length < 40) return { reader, type, declared: '' };
  return { reader, type: typeName, declared: `export type ${typeName} = ${type};\n\n` };
}

/** The words that its failures can carry, those of its own first. */
function refusalsOf({ responses }: Operation): string {
  const slugs = Object.entries(responses)
    .filter(([status]) => status !== '200')
    .flatMap(([, { content }]) => Object.values(content?.['application/json']?.examples ?? {}))
    .map(({ value }) => (value as { error: string }).error);
  return [...new Set(slugs)].map((slug) => `\`${slug}\``).join(', ');
}

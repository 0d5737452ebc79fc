import type { JsonSchema, Method, OpenApiDocument, Operation } from '../../openapi/types.ts';
import { objectIn } from '../sample.ts';
import { realistic } from './realistic.ts';
import { nameOf, ROUTE_VALUES } from './values.ts';

type Components = Pick<OpenApiDocument['components'], 'schemas'>;

/** A request to a route as an example shows it, before it is written in some language. */
export interface ExampleRequest {
  method: Uppercase<Method>;
  /** With its parameters filled in. */
  path: string;
  pathValues: Record<string, unknown>;
  query: Record<string, unknown>;
  /** Undefined where nothing needs to be sent. */
  body: Record<string, unknown> | undefined;
  /** The field that carries a file, where the body is a form with one. */
  fileField: string | undefined;
  /** The file that is sent. */
  sentFile: string;
  token: 'TOKEN' | 'ADMIN_TOKEN' | undefined;
  /** Whether it is reached through the socket in the data folder only. */
  isOverSocket: boolean;
  answer: 'result' | 'bare' | 'events' | 'bytes';
  /** Where an answer that is a file goes. */
  fileName: string;
}

/** The request that the examples of a route make. With `asForm`, a file is sent along. */
export function exampleRequest(
  { method, path, operation }: { method: Method; path: string; operation: Operation },
  components: Components,
  { isSecured, asForm = false }: { isSecured: boolean; asForm?: boolean },
): ExampleRequest {
  const verb = method.toUpperCase() as Uppercase<Method>;
  const shown = ROUTE_VALUES[nameOf({ method, path })] ?? {};
  const parameters = (where: 'path' | 'query', given: Record<string, unknown> = {}) =>
    Object.fromEntries(
      (operation.parameters ?? [])
        .filter((one) => one.in === where && (one.required || one.name in given))
        .map(({ name, schema }) => [name, given[name] ?? realistic(schema, components, name)]),
    );
  const pathValues = parameters('path', shown.path);
  const schema = bodySchema(operation, asForm);
  return {
    method: verb,
    path: path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(pathValues[name]))),
    pathValues,
    query: parameters('query', shown.query),
    body: schema && bodyOf(objectIn(schema, components), components, shown.body, asForm),
    fileField: asForm && schema ? fileFieldOf(objectIn(schema, components)) : undefined,
    sentFile: shown.file ?? 'picture.jpg',
    token: tokenOf(operation, isSecured),
    isOverSocket: operation['x-caller'] === 'keeper',
    answer: answerOf(operation),
    fileName: fileNameOf(operation),
  };
}

const FORM = 'multipart/form-data';
export const takesForm = ({ requestBody }: Operation): boolean => requestBody?.content[FORM] !== undefined;
export const takesJson = ({ requestBody }: Operation): boolean =>
  requestBody?.content['application/json'] !== undefined;

const bodySchema = ({ requestBody }: Operation, asForm: boolean): JsonSchema | undefined =>
  requestBody?.content[asForm ? FORM : 'application/json']?.schema;

function bodyOf(
  { properties = {}, required = [] }: JsonSchema,
  components: Components,
  given: Record<string, unknown> = {},
  asForm: boolean,
): Record<string, unknown> | undefined {
  const file = asForm ? fileFieldOf({ properties }) : undefined;
  // A file takes the place of the address that would name one.
  const left = (name: string) => name !== file && !(asForm && name === 'url');
  const names = Object.keys(properties).filter(
    (name) => left(name) && (required.includes(name) || name in given),
  );
  if (names.length === 0 && !asForm) return undefined;
  return Object.fromEntries(
    names.map((name) => [name, given[name] ?? realistic(properties[name] ?? {}, components, name)]),
  );
}

/** The field of a form that is a file: it is described as bytes. */
export const fileFieldOf = ({ properties = {} }: JsonSchema): string =>
  Object.entries(properties).find(
    ([, { format, contentMediaType }]) => format === 'binary' || contentMediaType !== undefined,
  )?.[0] ?? 'file';

function tokenOf({ security }: Operation, isSecured: boolean): ExampleRequest['token'] {
  if (security.some((scheme) => 'botToken' in scheme)) return 'TOKEN';
  const isOptional = security.some((scheme) => Object.keys(scheme).length === 0);
  const isAdmin = security.some((scheme) => 'adminToken' in scheme);
  return isAdmin && (!isOptional || isSecured) ? 'ADMIN_TOKEN' : undefined;
}

function answerOf({ responses }: Operation): ExampleRequest['answer'] {
  const content = responses['200']?.content ?? {};
  if (content['text/event-stream']) return 'events';
  const json = content['application/json'];
  if (!json) return 'bytes';
  const shapes = json.schema.anyOf ?? [json.schema];
  return shapes.every(({ properties }) => properties?.result !== undefined) ? 'result' : 'bare';
}

function fileNameOf({ responses }: Operation): string {
  const [type = ''] = Object.keys(responses['200']?.content ?? {});
  if (type.startsWith('image/')) return `picture.${type.slice('image/'.length)}`;
  return type === 'application/octet-stream' ? 'botmother.backup' : 'received-file';
}

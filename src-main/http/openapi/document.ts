import type { RouteOptions } from 'fastify';
import { $ZodType, safeParse } from 'zod/v4/core';
import { Failure } from '../../../src-shared/api/common.ts';
import { TOKEN_SCOPES, type TokenScope } from '../../../src-shared/api/token-scopes.ts';
import type { RouteCaller } from '../callers.ts';
import { withExamples } from '../docs/examples/with-examples.ts';
import { scopesFor } from '../route-scopes.ts';
import { failureAnswer, failureAnswers, refusalsOf } from './failures.ts';
import { type JsonSchemas, jsonSchemas } from './json-schema.ts';
import { operationName } from './operation-names.ts';
import { REFUSED_BY_ROUTE } from './refused-by-route.ts';
import type { Answer, MediaType, Method, OpenApiDocument, Operation, Parameter } from './types.ts';
import { updateSchemas } from './update-schemas.ts';

const METHODS: ReadonlySet<string> = new Set(['get', 'post', 'put', 'patch', 'delete']);

const TAGS = {
  programs: { name: 'For programs', description: "Routes of a bot's program; they take its token." },
  management: {
    name: 'Management',
    description: 'Bots, tokens and settings; for the person who runs Botmother.',
  },
  window: { name: 'Window and CLI', description: 'The same person again: what the window and the CLI use.' },
  anybody: { name: 'Anybody', description: 'Open to every program on this machine.' },
};

const SECURITY: Record<Exclude<RouteCaller, 'bot'>, Record<string, string[]>[]> = {
  // Unless the setting `admin_auth` says otherwise, a program of the same user needs nothing.
  admin: [{}, { adminToken: [] }],
  // No token opens them: they are reached through the socket and the window's own listener.
  keeper: [],
  page: [],
  anybody: [],
};

/** The OpenAPI document of these routes, made from the very schemas that requests and answers are checked with. */
export function openApiDocument(
  routes: readonly RouteOptions[],
  { version, serverUrl }: { version: string; serverUrl: string },
): OpenApiDocument {
  const schemas = jsonSchemas();
  const paths: OpenApiDocument['paths'] = {};
  for (const route of routes) {
    if (route.schema?.hide) continue;
    const path = route.url.replace(/:(\w+)/g, '{$1}');
    for (const method of [route.method].flat().map((name) => name.toLowerCase())) {
      if (!isMethod(method)) continue;
      paths[path] = { ...paths[path], [method]: operation(route, path, method, schemas) };
    }
  }
  const failureSchema = schemas.of(Failure, 'output');
  return withExamples({
    openapi: '3.1.1',
    info: {
      title: 'Botmother',
      version,
      description:
        'XMPP bots over HTTP. Success is status 200: an object carries its members at the top level and in `result`, with `ok: true`; lists and `true` are `{ok, result}`; `/health` and `/bot/list` are bare. Every failure has the same shape (`Failure`), and its description says what to change. Fields that a route does not know are ignored.',
      license: { name: 'GPL-3.0-or-later', identifier: 'GPL-3.0-or-later' },
    },
    servers: [{ url: serverUrl, description: 'This engine' }],
    tags: Object.values(TAGS),
    paths,
    components: {
      schemas: { ...schemas.components, ...updateSchemas(schemas), Failure: failureSchema },
      responses: {
        UnreadablePath: failureAnswer(400, ['request.invalid']),
        UnknownRoute: failureAnswer(404, ['route.unknown', 'route.slash']),
        WrongMethod: {
          ...failureAnswer(405, ['route.method']),
          headers: { Allow: { description: 'The methods it takes.', schema: { type: 'string' } } },
        },
      },
      securitySchemes: {
        botToken: {
          type: 'http',
          scheme: 'bearer',
          description:
            'The token of a bot, `bm_` and 64 hexadecimal digits: from /newbot in chat, or /bot/create. It may be limited to scopes (`send`, `read`, `ai`, `bridge`); what a route needs is listed with it.',
        },
        adminToken: {
          type: 'http',
          scheme: 'bearer',
          description:
            'The admin token, `bma_` and 64 hexadecimal digits (`botmother admin-token show`), or a session of the panel, `bms_`. On this machine the window and the CLI need neither.',
        },
      },
    },
  });
}

const isMethod = (method: string): method is Method => METHODS.has(method);

function operation(route: RouteOptions, path: string, method: Method, schemas: JsonSchemas): Operation {
  const { schema = {}, config } = route;
  const caller = config?.caller ?? 'admin';
  const scopes = caller === 'bot' ? scopesFor(route.url, TOKEN_SCOPES) : [];
  const description = [
    schema.description,
    scopes.length > 0 && `The token needs the scope ${scopes.map((scope) => `\`${scope}\``).join(', ')}.`,
  ]
    .filter(Boolean)
    .join(' ');
  const parameters = [
    ...parametersOf(schema.params, 'path', schemas),
    ...parametersOf(schema.querystring, 'query', schemas),
    ...parametersOf(schema.headers, 'header', schemas),
  ];
  const refusals = refusalsOf({
    caller,
    method,
    hasInput: parameters.length > 0 || schema.body !== undefined,
    refuses: [
      ...(scopes.length > 0 ? (['token.scope'] as const) : []),
      ...(REFUSED_BY_ROUTE[`${method.toUpperCase()} ${route.url}`] ?? []),
    ],
  });
  return {
    operationId: operationName(method.toUpperCase(), route.url),
    tags: [tagOf(caller, path).name],
    summary: schema.summary ?? '',
    ...(description !== '' && { description }),
    security: securityOf(caller, route.url, scopes),
    'x-caller': caller,
    ...(parameters.length > 0 && { parameters }),
    ...(schema.body !== undefined && { requestBody: requestBody(schema.body, schemas) }),
    responses: { '200': success(schema.response, schemas), ...failureAnswers(refusals) },
  };
}

/** A bearer token has no scopes of OpenAPI's own; since 3.1 the list names what the caller must be allowed (4.8.30). */
function securityOf(
  caller: RouteCaller,
  url: string,
  scopes: readonly TokenScope[],
): Record<string, string[]>[] {
  if (caller === 'bot') return [{ botToken: [...scopes] }];
  return caller === 'admin' && url.startsWith('/api/') ? [{ adminToken: [] }] : SECURITY[caller];
}

function tagOf(caller: RouteCaller, path: string) {
  if (caller === 'bot') return TAGS.programs;
  if (caller === 'anybody') return TAGS.anybody;
  return path.startsWith('/api/') ? TAGS.window : TAGS.management;
}

function parametersOf(schema: unknown, where: Parameter['in'], schemas: JsonSchemas): Parameter[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemas.of(schema, 'input');
  return Object.entries(properties).map(([name, { description, ...property }]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    ...(description !== undefined && { description }),
    schema: property,
  }));
}

function requestBody(schema: unknown, schemas: JsonSchemas) {
  if (!(schema instanceof $ZodType)) return { required: true, content: mediaTypes(schema, 'input', schemas) };
  const required = !safeParse(schema, undefined).success;
  return { required, content: { 'application/json': { schema: schemas.of(schema, 'input') } } };
}

/** The answer of status 200: JSON, or the content types that the route names (event streams). */
function success(response: unknown, schemas: JsonSchemas): Answer {
  const declared = (response as Record<string, unknown> | undefined)?.[200];
  if (declared === undefined) return { description: 'Done.' };
  const description = 'Done.';
  if (declared instanceof $ZodType) {
    return { description, content: { 'application/json': { schema: schemas.of(declared, 'output') } } };
  }
  return { description, content: mediaTypes(declared, 'output', schemas) };
}

/** Fastify's form with a schema per content type; nothing else can stand there. */
function mediaTypes(declared: unknown, io: 'input' | 'output', schemas: JsonSchemas) {
  const { content } = declared as { content: Record<string, { schema: unknown }> };
  const media = ([type, { schema }]: [string, { schema: unknown }]): [string, MediaType] => [
    type,
    { schema: schemas.of(schema, io) },
  ];
  return Object.fromEntries(Object.entries(content).map(media));
}

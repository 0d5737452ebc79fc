import { routeDocument } from '../../scripts/lib/client/document.ts';
import { objectIn, sample } from '../../src-main/http/docs/sample.ts';
import type { JsonSchema, OpenApiDocument, Operation } from '../../src-main/http/openapi/types.ts';

export type CallMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One operation of the OpenAPI document, with a request that its schema allows. */
export interface Described {
  method: CallMethod;
  /** As in the document, with `{names}`. */
  path: string;
  /** With those filled in, and the required part of the query. */
  url: string;
  caller: Operation['x-caller'];
  operation: Operation;
  /** The schema of the body, if it takes one; `fields` is the part of it that is an object. */
  body: JsonSchema | undefined;
  fields: JsonSchema;
  /** A body with the required fields; undefined where none is needed. */
  example: Record<string, unknown> | undefined;
  isStream: boolean;
}

/** The document of the routes as they are in this build, for tests that make their cases from it. */
export async function describedRoutes(): Promise<{ document: OpenApiDocument; operations: Described[] }> {
  const document = await routeDocument();
  return { document, operations: operationsOf(document) };
}

function operationsOf(document: OpenApiDocument): Described[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([name, operation]): Described => {
      const parameters = operation.parameters ?? [];
      const value = (parameter: string) => {
        const schema = parameters.find(({ name }) => name === parameter)?.schema ?? {};
        return encodeURIComponent(String(sample(schema, document.components)));
      };
      const query = parameters
        .filter((parameter) => parameter.in === 'query' && parameter.required)
        .map((parameter) => `${parameter.name}=${value(parameter.name)}`)
        .join('&');
      const filled = path.replace(/\{(\w+)\}/g, (_, parameter: string) => value(parameter));
      const body = operation.requestBody?.content['application/json']?.schema;
      return {
        // The keys of a path are methods in lower case.
        method: name.toUpperCase() as CallMethod,
        path,
        url: query === '' ? filled : `${filled}?${query}`,
        caller: operation['x-caller'],
        operation,
        body,
        fields: body ? objectIn(body, document.components) : {},
        // Bodies are objects, and so are their samples.
        example: body && (sample(body, document.components) as Record<string, unknown>),
        // One that says nothing about its answer is taken for a stream: no test waits for its end.
        isStream: 'text/event-stream' in (operation.responses[200]?.content ?? { 'text/event-stream': {} }),
      };
    }),
  );
}

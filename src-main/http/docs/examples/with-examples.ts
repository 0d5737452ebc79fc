import type { Answer, MediaType, Method, OpenApiDocument, Operation } from '../../openapi/types.ts';
import { codeSamples, type Route } from './code-samples.ts';
import { realistic } from './realistic.ts';
import { exampleRequest } from './request.ts';
import { nameOf, ROUTE_VALUES } from './values.ts';

type Components = OpenApiDocument['components'];

/** The document with an example of every request and answer, and with programs that make the request. */
export function withExamples(document: OpenApiDocument): OpenApiDocument {
  const { components, servers } = document;
  const baseUrl = servers[0]?.url ?? '';
  const paths = Object.fromEntries(
    Object.entries(document.paths).map(([path, methods]) => [
      path,
      Object.fromEntries(
        Object.entries(methods).map(([name, operation]) => {
          // The keys of a path are methods.
          const route: Route = { method: name as Method, path, operation };
          return [name, illustrated(route, components, baseUrl)];
        }),
      ),
    ]),
  );
  return { ...document, paths };
}

function illustrated(route: Route, components: Components, baseUrl: string): Operation {
  const { operation } = route;
  const { body } = exampleRequest(route, components, { isSecured: false });
  const json = operation.requestBody?.content['application/json'];
  return {
    ...operation,
    ...(operation.requestBody &&
      json &&
      body && {
        requestBody: {
          ...operation.requestBody,
          content: { ...operation.requestBody.content, 'application/json': shown(json, body) },
        },
      }),
    responses: {
      ...operation.responses,
      '200': answered(operation.responses['200'], components, ROUTE_VALUES[nameOf(route)]?.answer),
    },
    'x-codeSamples': codeSamples(route, components, baseUrl),
  };
}

const shown = (media: MediaType, value: unknown): MediaType => ({
  ...media,
  examples: { example: { value } },
});

function answered(
  answer: Answer | undefined,
  components: Components,
  special: Record<string, unknown> = {},
): Answer {
  const json = answer?.content?.['application/json'];
  if (!answer || !json) return answer ?? { description: 'Done.' };
  const value = realistic(json.schema, components, '', special);
  return { ...answer, content: { ...answer.content, 'application/json': shown(json, value) } };
}

import type { CodeSample, Method, OpenApiDocument, Operation } from '../../openapi/types.ts';
import { curlOf } from './curl.ts';
import { pythonOf } from './python.ts';
import { type ExampleRequest, exampleRequest, takesForm, takesJson } from './request.ts';
import { typescriptOf } from './typescript.ts';

export interface Route {
  method: Method;
  path: string;
  operation: Operation;
}

/** The same request in curl, Python and TypeScript; once more with a file, where a route takes one. */
export function codeSamples(
  route: Route,
  components: Pick<OpenApiDocument['components'], 'schemas'>,
  baseUrl: string,
): CodeSample[] {
  const isSecured = baseUrl.startsWith('https:');
  const { operationId } = route.operation;
  const plain = exampleRequest(route, components, { isSecured });
  const samples = inAll(plain, baseUrl, operationId);
  if (!takesForm(route.operation)) return samples;
  const form = exampleRequest(route, components, { isSecured, asForm: true });
  return [
    ...(takesJson(route.operation) ? samples : []),
    ...inAll(form, baseUrl, operationId, ', with a file'),
  ];
}

const inAll = (request: ExampleRequest, baseUrl: string, name: string, besides = ''): CodeSample[] => [
  { lang: 'Shell', label: `curl${besides}`, source: curlOf(request, baseUrl) },
  { lang: 'Python', label: `Python${besides}`, source: pythonOf(request, baseUrl) },
  { lang: 'TypeScript', label: `TypeScript${besides}`, source: typescriptOf(request, baseUrl, name) },
];

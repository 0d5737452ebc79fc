import type { FastifyInstance, FastifyPluginAsync, RouteOptions } from 'fastify';
import { refuse } from '../../src-shared/errors.ts';
import { clientFile } from './docs/client-file.ts';
import { docsPage, PAGE_FILES } from './docs/page.ts';
import { SCRIPT } from './docs/script.ts';
import { STYLE } from './docs/style.ts';
import { openApiDocument } from './openapi/document.ts';
import type { OpenApiDocument } from './openapi/types.ts';
import type { RouteDeps } from './server.ts';

/** The page loads two files of its own, and nothing from anywhere else; it sends nothing. */
const PAGE_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': PAGE_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/**
 * `/openapi.json` and `/docs` with its files, from the routes that are registered after this call. The document is made when it
 * is first asked for, so that the start of the engine pays nothing for it.
 */
export function describeRoutes(app: FastifyInstance): FastifyPluginAsync<RouteDeps> {
  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => void routes.push(route));

  return async (scope, { version, apiUrl }) => {
    let made: { serverUrl: string; document: OpenApiDocument } | undefined;
    const current = (): OpenApiDocument => {
      const serverUrl = new URL(apiUrl()).origin;
      if (made?.serverUrl !== serverUrl) {
        made = { serverUrl, document: openApiDocument(routes, { version, serverUrl }) };
      }
      return made.document;
    };
    const hidden = { schema: { hide: true }, config: { caller: 'anybody' } } as const;

    scope.get('/openapi.json', hidden, async (_request, reply) =>
      reply
        .header('x-content-type-options', 'nosniff')
        .type('application/json; charset=utf-8')
        .send(current()),
    );
    scope.get('/docs', hidden, async (_request, reply) =>
      reply.headers(PAGE_HEADERS).send(docsPage(current())),
    );
    scope.get(PAGE_FILES.style, hidden, async (_request, reply) =>
      reply.type('text/css; charset=utf-8').send(STYLE),
    );
    scope.get(PAGE_FILES.script, hidden, async (_request, reply) =>
      reply.type('text/javascript; charset=utf-8').send(SCRIPT),
    );
    scope.get(PAGE_FILES.client, hidden, async (_request, reply) => {
      const text = clientFile();
      if (text === undefined) throw refuse('route.unknown', { path: PAGE_FILES.client });
      return reply.type('text/plain; charset=utf-8').send(text);
    });
  };
}

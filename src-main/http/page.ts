import { existsSync } from 'node:fs';
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { CONTENT_POLICY, EVERY_ANSWER } from './security-headers.ts';

/** Gives every answer its headers. */
export function protectAnswers(app: FastifyInstance): void {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(EVERY_ANSWER);
    done();
  });
}

/** What has its content in its name never becomes another file. */
const FOR_EVER = 'public, max-age=31536000, immutable';

/** The page of window and panel, for anybody who asks this machine under its own name: it holds no secret. */
export const pageFiles: FastifyPluginAsync<{ rendererDir: string }> = async (app, { rendererDir }) => {
  if (!existsSync(rendererDir)) return;
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, caller: 'anybody', isPageFile: true };
  });
  app.addHook('onRequest', async (_request, reply) => {
    reply.removeHeader('cache-control').header('content-security-policy', CONTENT_POLICY.panel);
  });
  const sent = async (request: FastifyRequest, reply: FastifyReply, path: string, headers = {}) => {
    // Loaded with the first page: the start of the engine pays nothing for it.
    const { default: send } = await import('@fastify/send');
    const file = await send(request.raw, path, { root: rendererDir, index: false });
    if (file.type === 'error') reply.callNotFound();
    else reply.code(file.statusCode).headers(file.headers).headers(headers).send(file.stream);
    return reply;
  };
  const at = (
    url: string,
    handler: (request: FastifyRequest, reply: FastifyReply) => FastifyReply | Promise<FastifyReply>,
  ) => app.route({ method: ['GET', 'HEAD'], url, schema: { hide: true }, handler });

  at('/', (request, reply) => sent(request, reply, '/index.html'));
  at('/color-scheme.js', (request, reply) => sent(request, reply, '/color-scheme.js'));
  at('/assets/:name', (request, reply) =>
    sent(request, reply, pathOf(request), { 'cache-control': FOR_EVER }),
  );
  // Its places are addresses of their own, which may be opened and loaded again.
  at('/app/*', (request, reply) => sent(request, reply, '/index.html'));
  at('/app', (_request, reply) => reply.redirect('/app/'));
};

const pathOf = ({ url }: FastifyRequest) => url.split('?', 1)[0] ?? '/';

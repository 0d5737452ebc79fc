import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
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
  const named = join(rendererDir, 'assets', sep);
  await app.register(fastifyStatic, {
    root: rendererDir,
    wildcard: false,
    setHeaders: (reply, path) => void (path.startsWith(named) && reply.header('cache-control', FOR_EVER)),
  });
  const hidden = { schema: { hide: true } } as const;
  // Its places are addresses of their own, which may be opened and loaded again.
  app.get('/app/*', hidden, (_request, reply) => reply.sendFile('index.html'));
  app.get('/app', hidden, (_request, reply) => reply.redirect('/app/'));
};

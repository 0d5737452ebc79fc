import { existsSync } from 'node:fs';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { doorOf } from './door.ts';

/** Mantine writes its variables into style elements; everything else comes as a file of ours. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What a browser is told about every answer: to take it for what it says, to keep it to this origin, to store nothing. */
export function protectAnswers(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ raw }, reply) => {
    if (doorOf(raw) === 'socket') return;
    reply.headers({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
  });
}

/** The page of window and panel, for anybody who asks this machine under its own name: it holds no secret. */
export const pageFiles: FastifyPluginAsync<{ rendererDir: string }> = async (app, { rendererDir }) => {
  if (!existsSync(rendererDir)) return;
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, caller: 'anybody' };
  });
  app.addHook('onRequest', async (_request, reply) => {
    reply.removeHeader('cache-control').headers({
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
    });
  });
  await app.register(fastifyStatic, { root: rendererDir, wildcard: false });
};

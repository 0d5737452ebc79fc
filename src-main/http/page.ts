import { existsSync } from 'node:fs';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { CONTENT_POLICY, EVERY_ANSWER } from './security-headers.ts';

/** Gives every answer its headers. */
export function protectAnswers(app: FastifyInstance): void {
  app.addHook('onRequest', async (_request, reply) => void reply.headers(EVERY_ANSWER));
}

/** The page of window and panel, for anybody who asks this machine under its own name: it holds no secret. */
export const pageFiles: FastifyPluginAsync<{ rendererDir: string }> = async (app, { rendererDir }) => {
  if (!existsSync(rendererDir)) return;
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, caller: 'anybody' };
  });
  app.addHook('onRequest', async (_request, reply) => {
    reply.removeHeader('cache-control').header('content-security-policy', CONTENT_POLICY.panel);
  });
  await app.register(fastifyStatic, { root: rendererDir, wildcard: false });
};

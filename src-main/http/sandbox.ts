import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { OneSandbox } from '../../src-shared/api/sandbox.ts';
import { refuse } from '../../src-shared/errors.ts';
import type { RouteDeps } from './server.ts';
import { answered } from './views.ts';

/** A server to try things out, for the first run. */
export const sandboxRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { sandbox }) => {
  const none = {
    state: 'off' as const,
    can_start: false,
    problem: null,
    service: null,
    ca: null,
    accounts: [],
    bot_accounts: null,
  };

  app.get(
    '/api/v1/sandbox',
    {
      schema: {
        summary: 'Whether a sandbox runs on this machine, and who can sign in there',
        response: { 200: OneSandbox },
      },
    },
    async () => answered(sandbox?.state() ?? none),
  );

  app.post(
    '/api/v1/sandbox',
    {
      schema: {
        summary: 'Begin to start a sandbox; it ends with the engine',
        description: '`sandbox.changed` is announced when it runs, or has failed.',
        response: { 200: OneSandbox },
      },
    },
    async () => {
      if (!sandbox) throw refuse('sandbox.not-here', {});
      return answered(sandbox.start());
    },
  );
};

import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { SendMessage, SentMessage } from '../../src-shared/api/messages.ts';
import { refuse } from '../../src-shared/errors.ts';
import { botOf } from './auth.ts';
import type { RouteDeps } from './server.ts';
import { enveloped } from './views.ts';

export const messageRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services }) => {
  app.post(
    '/bot/sendMessage',
    {
      schema: { summary: 'Send a message', body: SendMessage, response: { 200: SentMessage } },
      config: { caller: 'bot' },
    },
    async (request) => {
      const { to, text, type } = request.body;
      if (type === 'groupchat') throw refuse('recipient.room', {});
      return enveloped({ message_id: await services.messages.send(botOf(request), { to, text }) });
    },
  );
};

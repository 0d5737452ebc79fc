import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { Done } from '../../src-shared/api/common.ts';
import {
  DeleteMessage,
  GetMessageState,
  MessageState,
  SendChatState,
  SendMessage,
  SendMessageHeaders,
  SendReaction,
  SentMessage,
} from '../../src-shared/api/messages.ts';
import { causeOf } from '../../src-shared/text/reasons.ts';
import { botOf } from './auth.ts';
import type { RouteDeps } from './server.ts';
import { answered, enveloped } from './views.ts';

const done = answered(true as const);

export const messageRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services }) => {
  const { messages, reactions, retractions, chatStates } = services.outgoing;
  const config = { caller: 'bot' } as const;

  app.post(
    '/bot/sendMessage',
    {
      schema: {
        summary: 'Send a message, answer one or correct an own one',
        body: SendMessage,
        headers: SendMessageHeaders,
        response: { 200: SentMessage },
      },
      config,
    },
    async (request) => {
      const { to, text, type, reply_to: replyTo, replace_id: replaceId } = request.body;
      const idempotencyKey = request.headers['idempotency-key'];
      const message = { to, text, type, replyTo, replaceId, idempotencyKey };
      return enveloped({ message_id: await messages.send(botOf(request), message) });
    },
  );

  app.get(
    '/bot/getMessageState',
    {
      schema: {
        summary: 'Ask how far a message has come',
        querystring: GetMessageState,
        response: { 200: MessageState },
      },
      config,
    },
    async (request) => {
      const now = await messages.stateOf(botOf(request), request.query.message_id);
      return enveloped({ ...now, cause: causeOf(now.reason) });
    },
  );

  app.post(
    '/bot/sendChatState',
    {
      schema: {
        summary: 'Show that the bot is typing, or no longer',
        body: SendChatState,
        response: { 200: Done },
      },
      config,
    },
    async (request) => {
      await chatStates.show(botOf(request), request.body);
      return done;
    },
  );

  app.post(
    '/bot/deleteMessage',
    {
      schema: { summary: 'Take an own message back', body: DeleteMessage, response: { 200: Done } },
      config,
    },
    async (request) => {
      await retractions.retract(botOf(request), request.body.message_id);
      return done;
    },
  );

  app.post(
    '/bot/sendReaction',
    {
      schema: { summary: 'React to a message with emojis', body: SendReaction, response: { 200: Done } },
      config,
    },
    async (request) => {
      const { to, message_id: messageId, reaction: emojis, type } = request.body;
      await reactions.react(botOf(request), { to, messageId, emojis, type });
      return done;
    },
  );
};

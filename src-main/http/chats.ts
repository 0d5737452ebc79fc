import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import {
  ChangeChat,
  ChatCommands,
  ChatMembers,
  ChatMessagePath,
  ChatMessages,
  ChatPage,
  ChatPath,
  Chats,
  ChatsQuery,
  FoundMessages,
  MarkRead,
  OneChat,
  OpenChat,
  React,
  SearchChats,
  Typing,
  WriteHeaders,
  WriteMessage,
  WrittenMessage,
} from '../../src-shared/api/chats.ts';
import { Done } from '../../src-shared/api/common.ts';
import type { RouteDeps } from './server.ts';
import { answered } from './views.ts';

const done = answered(true as const);
const CHAT = '/api/v1/chats/:account/:jid';

/** Conversations of people's accounts, for the window. */
export const chatRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services }) => {
  const { store, chats } = services;
  const { list, writing, marks, typing } = chats;

  const placed = ({ account, jid }: { account: string; jid: string }) => list.find(account, jid);
  const written = async (path: { account: string; jid: string }) => chats.written(await placed(path));
  const shown = async (path: { account: string; jid: string }) => {
    await store.durable();
    return answered(await list.view(await placed(path)));
  };

  app.get(
    '/api/v1/chats',
    { schema: { summary: 'Conversations', querystring: ChatsQuery, response: { 200: Chats } } },
    async ({ query: { account } }) => {
      await store.durable();
      return answered(await list.list(account));
    },
  );
  app.post(
    '/api/v1/chats',
    { schema: { summary: 'Begin a conversation', body: OpenChat, response: { 200: OneChat } } },
    async ({ body }) => {
      await chats.open(body);
      return shown(body);
    },
  );
  app.get(
    CHAT,
    { schema: { summary: 'One conversation', params: ChatPath, response: { 200: OneChat } } },
    async ({ params }) => shown(params),
  );
  app.patch(
    CHAT,
    {
      schema: {
        summary: 'Mute a conversation, or keep what is not sent yet',
        params: ChatPath,
        body: ChangeChat,
        response: { 200: OneChat },
      },
    },
    async ({ params, body }) => {
      await chats.change(await placed(params), body);
      return shown(params);
    },
  );
  app.delete(
    CHAT,
    {
      schema: {
        summary: 'Delete the history of a conversation in this window',
        description: 'Archives of servers, and other clients, keep theirs.',
        params: ChatPath,
        response: { 200: Done },
      },
    },
    async ({ params }) => {
      const { account, chat } = await placed(params);
      await store.write((tx) => chats.log.forget(tx, account, chat.jid));
      return done;
    },
  );

  app.get(
    `${CHAT}/messages`,
    {
      schema: {
        summary: 'Messages of a conversation',
        params: ChatPath,
        querystring: ChatPage,
        response: { 200: ChatMessages },
      },
    },
    async ({ params, query }) => {
      await store.durable();
      return answered(await chats.page(await placed(params), query));
    },
  );
  app.post(
    `${CHAT}/messages`,
    {
      schema: {
        summary: 'Write a message, answer one or correct an own one',
        params: ChatPath,
        body: WriteMessage,
        headers: WriteHeaders,
        response: { 200: WrittenMessage },
      },
    },
    async ({ params, headers, body: { text, reply_to: replyTo, replace_id: replaceId } }) => {
      const place = await placed(params);
      const key = headers['idempotency-key'];
      const sent = await writing.write(chats.written(place), { text, replyTo, replaceId, key });
      return answered(await chats.message(place, sent));
    },
  );
  app.delete(
    `${CHAT}/messages/:message_id`,
    { schema: { summary: 'Take an own message back', params: ChatMessagePath, response: { 200: Done } } },
    async ({ params }) => {
      await writing.retract(await written(params), params.message_id);
      return done;
    },
  );
  app.put(
    `${CHAT}/messages/:message_id/reaction`,
    {
      schema: {
        summary: 'React to a message with emojis',
        params: ChatMessagePath,
        body: React,
        response: { 200: Done },
      },
    },
    async ({ params, body }) => {
      await writing.react(await written(params), params.message_id, body.reaction);
      return done;
    },
  );
  app.post(
    `${CHAT}/messages/:message_id/retry`,
    {
      schema: {
        summary: 'Send a message again that has failed',
        params: ChatMessagePath,
        response: { 200: WrittenMessage },
      },
    },
    async ({ params }) => {
      const place = await placed(params);
      return answered(
        await chats.message(place, await writing.retry(chats.written(place), params.message_id)),
      );
    },
  );

  app.post(
    `${CHAT}/read`,
    {
      schema: {
        summary: 'Tell how far a conversation was read',
        params: ChatPath,
        body: MarkRead,
        response: { 200: Done },
      },
    },
    async ({ params, body }) => {
      const place = await placed(params);
      await marks.read(chats.written(place), body.up_to, place.chat.readUpTo);
      return done;
    },
  );
  app.post(
    `${CHAT}/typing`,
    {
      schema: {
        summary: 'Show that somebody is typing here, or no longer',
        params: ChatPath,
        body: Typing,
        response: { 200: Done },
      },
    },
    async ({ params, body }) => {
      await typing.show(await written(params), body.state);
      return done;
    },
  );

  app.get(
    `${CHAT}/commands`,
    {
      schema: {
        summary: 'Slash commands that can be typed into a conversation',
        params: ChatPath,
        response: { 200: ChatCommands },
      },
    },
    async ({ params }) => answered(await chats.commands(await placed(params))),
  );

  app.get(
    `${CHAT}/members`,
    {
      schema: {
        summary: 'Who may read what is said in a room for members only',
        description: 'Of any other conversation: nobody.',
        params: ChatPath,
        response: { 200: ChatMembers },
      },
    },
    async ({ params }) => answered(chats.members(await placed(params))),
  );

  app.get(
    '/api/v1/chat-search',
    {
      schema: {
        summary: 'Look for words in conversations',
        querystring: SearchChats,
        response: { 200: FoundMessages },
      },
    },
    async ({ query }) => {
      await store.durable();
      return answered(await chats.find(query));
    },
  );
};

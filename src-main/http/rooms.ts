import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { BotPath } from '../../src-shared/api/bot-resources.ts';
import { Done } from '../../src-shared/api/common.ts';
import { JoinRoom, LeaveRoom, RoomPath, Rooms } from '../../src-shared/api/rooms.ts';
import type { RoomOverview } from '../engine/rooms/room-service.ts';
import { botOf, callerOf } from './auth.ts';
import type { RouteDeps } from './server.ts';
import { answered } from './views.ts';

const done = answered(true as const);

/** Rooms of bots: for their programs, and for the window. */
export const roomRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services }) => {
  const { bots, rooms } = services;

  app.post(
    '/bot/joinRoom',
    {
      schema: { summary: 'Join a room', body: JoinRoom, response: { 200: Done } },
      config: { caller: 'bot' },
    },
    async (request) => {
      await rooms.join(botOf(request), request.body, callerOf(request));
      return done;
    },
  );
  app.post(
    '/bot/leaveRoom',
    {
      schema: { summary: 'Leave a room', body: LeaveRoom, response: { 200: Done } },
      config: { caller: 'bot' },
    },
    async (request) => {
      await rooms.leave(botOf(request), request.body.room, callerOf(request));
      return done;
    },
  );

  app.get(
    '/api/v1/bots/:id/rooms',
    { schema: { summary: 'The rooms of a bot', params: BotPath, response: { 200: Rooms } } },
    async ({ params: { id } }) => answered((await rooms.list(await bots.find(id))).map(view)),
  );
  app.post(
    '/api/v1/bots/:id/rooms',
    {
      schema: {
        summary: 'Bring a bot into a room',
        params: BotPath,
        body: JoinRoom,
        response: { 200: Rooms },
      },
    },
    async (request) => {
      const bot = await bots.find(request.params.id);
      await rooms.join(bot, request.body, callerOf(request));
      return answered((await rooms.list(bot)).map(view));
    },
  );
  app.delete(
    '/api/v1/bots/:id/rooms/:room',
    { schema: { summary: 'Take a bot out of a room', params: RoomPath, response: { 200: Rooms } } },
    async (request) => {
      const { id, room } = request.params;
      const bot = await bots.find(id);
      await rooms.leave(bot, room, callerOf(request));
      return answered((await rooms.list(bot)).map(view));
    },
  );
};

const view = (room: RoomOverview) => ({
  room: room.jid,
  name: room.name ?? null,
  nick: room.nick,
  state: room.state,
  reason: room.reason ?? null,
  problem: room.problem ?? null,
  encrypted: room.isEncrypted ?? null,
  subject: room.subject || null,
  occupants: room.occupants.map(({ jid, ...one }) => ({ ...one, jid: jid ?? null })),
  unreached: [...room.unreached],
});

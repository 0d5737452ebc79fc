import { infiniteQueryOptions, queryOptions, useQuery } from '@tanstack/react-query';
import {
  type GetBotAnswer,
  getAudit,
  getBot,
  getBotActivity,
  getBotAvatar,
  getBotCommands,
  getBotConnection,
  getBotDeliveries,
  getBotDelivery,
  getBotRooms,
  getBotSettings,
  getBots,
  getBotUpdates,
  getBotWebhook,
  getErrands,
} from '../../src-shared/client/window.ts';
import { engine, inTime } from '../client.ts';

export type Bot = GetBotAnswer;

/** Bots that are being switched, with the state they were last asked to have. */
const wished = new Map<number, Bot['status']>();

/** From now on the bot shows that state, whatever the engine says before it has heard of it. */
export function holdStatus(id: number, status: Bot['status']): void {
  wished.set(id, status);
}
/** From now on it shows what the engine says. */
export const releaseStatus = (id: number): boolean => wished.delete(id);

export const botsQuery = queryOptions({
  queryKey: ['bots'],
  queryFn: async ({ signal }) => {
    const bots = await getBots(engine, {}, inTime(signal));
    return bots.map((bot) => ({ ...bot, status: wished.get(bot.id) ?? bot.status }));
  },
});

/** Accounts of deleted bots that are still to be removed from their server. */
export const errandsQuery = queryOptions({
  queryKey: ['bots', 'errands'],
  queryFn: ({ signal }) => getErrands(engine, inTime(signal)),
});

/** One bot; what belongs to it alone is kept under the same beginning of the key. */
export const botQuery = (id: number) =>
  queryOptions({ queryKey: ['bot', id], queryFn: ({ signal }) => getBot(engine, { id }, inTime(signal)) });

export const activityQuery = (id: number) =>
  queryOptions({
    queryKey: ['bot', id, 'activity'],
    queryFn: ({ signal }) => getBotActivity(engine, { id }, inTime(signal)),
  });

export const connectionQuery = (id: number) =>
  queryOptions({
    queryKey: ['bot', id, 'connection'],
    queryFn: ({ signal }) => getBotConnection(engine, { id }, inTime(signal)),
  });

export const webhookQuery = (id: number) =>
  queryOptions({
    queryKey: ['bot', id, 'webhook'],
    queryFn: ({ signal }) => getBotWebhook(engine, { id }, inTime(signal)),
  });

/** What signs its deliveries; asked for when somebody wants to see or copy it. */
export const webhookSecretQuery = (id: number) =>
  queryOptions({
    queryKey: ['bot', id, 'webhook', 'secret'],
    queryFn: async ({ signal }) =>
      (await getBotWebhook(engine, { id, secret: true }, inTime(signal))).secret ?? '',
    gcTime: 0,
  });

export const DELIVERY_LISTS = {
  open: ['retrying', 'waiting'],
  delivered: ['delivered'],
  dead: ['dead'],
} as const;
export type DeliveryList = keyof typeof DELIVERY_LISTS;

export const deliveriesQuery = (id: number, state: 'waiting' | 'retrying' | 'delivered' | 'dead') =>
  infiniteQueryOptions({
    queryKey: ['bot', id, 'deliveries', state],
    queryFn: ({ signal, pageParam }) =>
      getBotDeliveries(engine, { id, state, ...(pageParam && { before: pageParam }) }, inTime(signal)),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
  });

export const deliveryQuery = (id: number, updateId: number) =>
  queryOptions({
    queryKey: ['bot', id, 'deliveries', updateId],
    queryFn: ({ signal }) => getBotDelivery(engine, { id, update_id: updateId }, inTime(signal)),
  });

export const updatesQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: ['bot', id, 'updates'],
    queryFn: ({ signal, pageParam }) =>
      getBotUpdates(engine, { id, after: pageParam, limit: 50 }, inTime(signal)),
    initialPageParam: 0,
    getNextPageParam: ({ updates }) => (updates.length < 50 ? undefined : updates.at(-1)?.update_id),
  });

export const commandsQuery = (id: number) =>
  queryOptions({
    queryKey: ['bot', id, 'commands'],
    queryFn: ({ signal }) => getBotCommands(engine, { id }, inTime(signal)),
  });

export const roomsQuery = (id: number) =>
  queryOptions({
    queryKey: ['rooms', id],
    queryFn: ({ signal }) => getBotRooms(engine, { id }, inTime(signal)),
  });

export const botSettingsQuery = (id: number) =>
  queryOptions({
    queryKey: ['bot', id, 'settings'],
    queryFn: ({ signal }) => getBotSettings(engine, { id }, inTime(signal)),
  });

export const auditQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: ['bot', id, 'audit'],
    queryFn: ({ signal, pageParam }) =>
      getAudit(engine, { id, limit: 100, ...(pageParam && { before: pageParam }) }, inTime(signal)),
    initialPageParam: 0,
    getNextPageParam: (rows) => (rows.length < 100 ? undefined : rows.at(-1)?.id),
    // Whatever is done here shows there, and nothing is announced of it.
    staleTime: 0,
  });

/** The address of a bot's picture for this page; undefined until it is here, and for one without. */
export function useBotPicture({ id, has_picture }: Pick<Bot, 'id' | 'has_picture'>): string | undefined {
  const { data } = useQuery({
    enabled: has_picture,
    queryKey: ['bot', id, 'picture'],
    queryFn: async ({ signal }) => {
      const picture = await getBotAvatar(engine, { id }, inTime(signal)).catch(() => undefined);
      return picture === undefined ? null : URL.createObjectURL(picture);
    },
  });
  return has_picture ? (data ?? undefined) : undefined;
}

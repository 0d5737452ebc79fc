// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf, wholeOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';
import type { Bot } from '../types.ts';

export interface GetHealthAnswer {
  status: 'ok';
  version: string;
  active_bots: number;
}

/**
 * Is the engine running? `GET /health`
 * Refusals: `misdirected_request`, `rate_limited`.
 */
export function getHealth(client: Client, options?: CallOptions): Promise<GetHealthAnswer> {
  return wholeOf<GetHealthAnswer>(client, { method: 'GET', path: '/health' }, options);
}

/**
 * The bot behind the token. `GET /bot/getMe`
 * Refusals: `unauthorized`, `bot_disabled`, `rate_limited`, `disabled`.
 */
export function getMe(client: Client, options?: CallOptions): Promise<Bot> {
  return resultOf<Bot>(client, { method: 'GET', path: '/bot/getMe' }, options);
}

export interface GetInfoAnswer {
  bot: Bot;
  commands: {
    command: string;
    description: string;
  }[];
  active_sessions: number;
}

/**
 * The bot, its commands and its connections. `GET /bot/getInfo`
 * Refusals: `unauthorized`, `bot_disabled`, `rate_limited`, `disabled`.
 */
export function getInfo(client: Client, options?: CallOptions): Promise<GetInfoAnswer> {
  return resultOf<GetInfoAnswer>(client, { method: 'GET', path: '/bot/getInfo' }, options);
}

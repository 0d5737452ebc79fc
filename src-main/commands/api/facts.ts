import type { ApiServerState } from '../../engine/settings/api-server.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { ApiRequest } from './request.ts';

/** What the pages tell: how the API is reached now, and whose it is. */
export interface ApiFacts {
  server: ApiServerState;
  bot: Bot | undefined;
  /** Masked; empty when it was revoked. */
  token: string;
  /** Whether admin routes need the admin token. */
  needsAdminToken: boolean;
}

/** Enough to tell one token from another, and no help in guessing it. */
const maskOf = (token: string) => (token === '' ? '' : `${token.slice(0, 7)}…${token.slice(-4)}`);

export async function factsOf({ services, bot }: ApiRequest): Promise<ApiFacts> {
  const { apiServer, settings, tokens } = services;
  const server = await apiServer.state();
  return {
    server,
    bot,
    token: bot ? maskOf((await tokens.of(bot.id)) ?? '') : '',
    needsAdminToken: server.mode === 'network' || settings.get('admin_auth') === 'required',
  };
}

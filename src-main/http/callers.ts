import type { FastifyRequest } from 'fastify';
import type { CalledActor, CalledPlace, Caller } from '../../src-shared/access.ts';
import { TOKEN_SCOPES } from '../../src-shared/api/token-scopes.ts';
import { type DomainError, refuse } from '../../src-shared/errors.ts';
import type { AdminCredential } from '../engine/admin/admin-credential.ts';
import type { Services } from '../engine/engine.ts';
import type { Bot } from '../store/bot-repository.ts';
import type { KnownToken } from '../store/bot-token-repository.ts';
import { type Door, doorOf } from './door.ts';
import { scopesFor } from './route-scopes.ts';

/**
 * Who may call a route: the holder of a bot's token; the person in charge; who can open the socket or sits at the
 * window; a page of ours that has no session yet; anybody.
 */
export type RouteCaller = 'bot' | 'admin' | 'keeper' | 'page' | 'anybody';

declare module 'fastify' {
  interface FastifyContextConfig {
    caller?: RouteCaller;
    /**
     * While bots are switched off it gives everybody but the CLI 503 `disabled`, as the routes of bots' programs do.
     */
    needsBots?: boolean;
    /** One of the files that the page of window and panel is made of: not counted as a request. */
    isPageFile?: boolean;
  }
  interface FastifyRequest {
    /** The bot of a valid token, whatever the route. */
    tokenBot: Bot | undefined;
    /** That token: which of the bot's, and what it may do. */
    botToken: KnownToken | undefined;
    /** It was let in before all of it had come. */
    isLetInEarly: boolean;
    /** The admin token or panel session that was shown and is valid. */
    credential: AdminCredential | undefined;
    /** Why the token, if there was one, is not valid. */
    tokenProblem: DomainError | undefined;
  }
}

export const callerKind = (request: FastifyRequest): RouteCaller =>
  request.routeOptions.config.caller ?? 'admin';

/** The token that a request shows, whosever it is. */
export const bearer = ({ headers }: FastifyRequest): string | undefined =>
  /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];

type Settings = Pick<Services['settings'], 'get'>;

/** Refuses while bots are switched off. */
export function checkSwitch(settings: Settings): void {
  if (!settings.get('bot_features_enabled')) throw refuse('bots.disabled', {});
}

/** Refuses a program whose bot does not work at the moment. */
export function checkWorks(settings: Settings, { id, status }: Bot): void {
  checkSwitch(settings);
  if (status !== 'active') throw refuse('bot.disabled', { id });
}

/** Refuses a token that may do other things only. */
export function checkScopes({ botToken, routeOptions }: FastifyRequest): void {
  const has = botToken?.scopes ?? [];
  const missing = scopesFor(routeOptions.url ?? '', TOKEN_SCOPES).filter((scope) => !has.includes(scope));
  if (missing.length === 0) return;
  throw refuse('token.scope', {
    missing: missing.join(', '),
    has: has.join(', '),
    id: botToken?.bot.id ?? '',
  });
}

/** The bot behind a request to a bot route; the guard has made sure that there is one. */
export function botOf(request: FastifyRequest): Bot {
  if (!request.tokenBot) throw refuse('token.missing', {});
  return request.tokenBot;
}

/** Who asks, for the audit log. */
export function callerOf(request: FastifyRequest): Caller {
  const door = doorOf(request.raw);
  const from = door === 'public' ? request.ip : PLACES[door];
  const isBot = callerKind(request) === 'bot' && request.tokenBot !== undefined;
  return { actor: isBot ? `bot ${request.tokenBot?.id}` : ADMIN, from };
}
const ADMIN: CalledActor = 'admin';
const PLACES: Record<Exclude<Door, 'public'>, CalledPlace> = { private: 'window', socket: 'socket' };

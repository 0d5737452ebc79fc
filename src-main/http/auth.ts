import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Caller } from '../../src-shared/access.ts';
import { DomainError, refuse } from '../../src-shared/errors.ts';
import { RateLimit } from '../base/rate-limit.ts';
import type { Services } from '../engine/engine.ts';
import type { Bot } from '../store/bot-repository.ts';
import { checkHost, checkLocalAdmin } from './browser-guard.ts';
import { doorOf } from './door.ts';

/** Who may call a route: the holder of a bot's token, the person in charge, anybody. */
export type RouteCaller = 'bot' | 'admin' | 'anybody';

declare module 'fastify' {
  interface FastifyContextConfig {
    caller?: RouteCaller;
  }
  interface FastifyRequest {
    /** The bot of a valid token, whatever the route. */
    tokenBot: Bot | undefined;
    /** Why the token, if there was one, is not valid. */
    tokenProblem: DomainError | undefined;
  }
}

interface AuthDeps {
  bots: Services['bots'];
  tokens: Services['tokens'];
  settings: Services['settings'];
  /** Expected on the private listener of the window. */
  privateToken: string;
  monotonic: () => number;
}

const BAD_TOKENS_PER_MINUTE = 20;

function bearer(request: FastifyRequest): string | undefined {
  return /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

function isEqual(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** The bot behind a request to a bot route; the hooks below have made sure that there is one. */
export function botOf(request: FastifyRequest): Bot {
  if (!request.tokenBot) throw refuse('token.missing', {});
  return request.tokenBot;
}

/** Who asks, for the audit log. */
export function callerOf(request: FastifyRequest): Caller {
  const door = doorOf(request.raw);
  const from = door === 'public' ? request.ip : door === 'private' ? 'window' : 'socket';
  return { actor: request.tokenBot ? `bot ${request.tokenBot.id}` : 'admin', from };
}

/** Finds out who asks before the limiter counts, and lets them in or not before a body is read. */
export function guardRoutes(
  app: FastifyInstance,
  { bots, tokens, settings, privateToken, monotonic }: AuthDeps,
): void {
  const badTokens = new RateLimit<string>(
    () => ({ depth: BAD_TOKENS_PER_MINUTE, perSecond: BAD_TOKENS_PER_MINUTE / 60 }),
    monotonic,
  );

  app.decorateRequest('tokenBot', undefined);
  app.decorateRequest('tokenProblem', undefined);

  app.addHook('onRequest', async (request) => {
    const token = bearer(request);
    if (token === undefined || doorOf(request.raw) === 'private') return;
    try {
      request.tokenBot = await tokens.bearer(token);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const { waitMs } = badTokens.take(request.ip);
      const seconds = Math.ceil(waitMs / 1_000);
      request.tokenProblem = waitMs > 0 ? refuse('rate.exceeded', { seconds }, seconds) : error;
    }
  });

  app.addHook('preParsing', async (request) => {
    if (request.is404 && doorOf(request.raw) !== 'private') return;
    const caller = request.routeOptions.config.caller ?? 'admin';
    const door = doorOf(request.raw);
    if (door === 'private') {
      if (!isEqual(bearer(request) ?? '', privateToken))
        throw refuse('admin.denied', { reason: 'the window only' });
      return;
    }
    if (caller === 'bot') {
      letBotIn(request);
      return;
    }
    if (door === 'socket') return;
    if (caller === 'admin') await checkLocalAdmin(request.raw);
    else checkHost(request.raw);
  });

  function letBotIn(request: FastifyRequest): void {
    if (request.tokenProblem) throw request.tokenProblem;
    const bot = botOf(request);
    if (!settings.get('bot_features_enabled')) throw refuse('bots.disabled', {});
    if (bot.status !== 'active') throw refuse('bot.disabled', { id: bot.id });
    if (bot.mode === 'cloud' && request.method !== 'GET') throw refuse('bot.cloud-unavailable', {});
    bots.noteActive(bot.id);
  }
}

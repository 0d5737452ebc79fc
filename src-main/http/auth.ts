import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DomainError, refuse } from '../../src-shared/errors.ts';
import { RateLimit } from '../base/rate-limit.ts';
import type { Services } from '../engine/engine.ts';
import { addressKey } from './address-key.ts';
import { checkHost, checkLocalAdmin, checkOwnPage } from './browser-guard.ts';
import { bearer, botOf, callerKind, checkScopes, checkSwitch, checkWorks } from './callers.ts';
import { doorOf, isOverTls } from './door.ts';
import { recheckOf } from './recheck.ts';

export { botOf, callerOf } from './callers.ts';

interface AuthDeps {
  services: Pick<Services, 'bots' | 'tokens' | 'settings' | 'adminToken' | 'panel' | 'apiDoor'>;
  /** Expected on the private listener of the window. */
  privateToken: string;
  monotonic: () => number;
}

const BAD_TOKENS_PER_MINUTE = 20;

/** What the admin token and the sessions of the panel begin with. */
const ADMIN_TOKEN = /^bm[as]_/;

function isEqual(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Finds out who asks before the limiter counts, and lets them in or not before a body is read. */
export function guardRoutes(app: FastifyInstance, { services, privateToken, monotonic }: AuthDeps): void {
  const { bots, tokens, settings, adminToken, panel, apiDoor } = services;
  const badTokens = new RateLimit<string>(
    () => ({ depth: BAD_TOKENS_PER_MINUTE, perSecond: BAD_TOKENS_PER_MINUTE / 60 }),
    monotonic,
  );

  app.decorateRequest('tokenBot', undefined);
  app.decorateRequest('botToken', undefined);
  app.decorateRequest('credential', undefined);
  app.decorateRequest('tokenProblem', undefined);
  app.decorateRequest('isLetInEarly', false);

  app.addHook('onRequest', async (request) => {
    const token = bearer(request);
    if (token === undefined || doorOf(request.raw) === 'private') return;
    try {
      await recognise(request, token);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      request.tokenProblem = countBad(request, error);
    }
  });

  app.addHook('preParsing', async (request) => {
    const door = doorOf(request.raw);
    if (door === 'private') {
      if (!isEqual(bearer(request) ?? '', privateToken))
        throw refuse('admin.denied', { reason: 'the window only' });
      return;
    }
    const caller = callerKind(request);
    if (request.is404) return;
    request.isLetInEarly = !request.raw.complete;
    if (caller === 'bot') letBotIn(request);
    else if (door === 'public') await letIn(request, caller);
    // Window and panel have routes of their own, and the CLI answers in any case (contract, section 3).
    if (door === 'public' && request.routeOptions.config.needsBots) checkSwitch(settings);
  });

  // Where a body takes its time, who was let in before it may have nothing to say any more.
  app.addHook('preHandler', async (request) => {
    if (request.is404 || !request.isLetInEarly || doorOf(request.raw) === 'private') return;
    if (request.credential?.ended.aborted) throw refuse('admin.token-unknown', {});
    if (callerKind(request) === 'bot') request.tokenBot = await recheckOf(request, services)();
  });

  async function recognise(request: FastifyRequest, token: string): Promise<void> {
    if (token.startsWith('bma_')) {
      request.credential = adminToken.credential(token);
      if (!request.credential) throw refuse('admin.token-unknown', {});
    } else if (token.startsWith('bms_')) {
      request.credential = panel.credential(token);
      if (!request.credential) throw refuse('panel.session', {});
    } else {
      request.botToken = await tokens.known(token);
      request.tokenBot = request.botToken.bot;
    }
  }

  /** The refusal of a bad token, or that there were too many; those who hold the socket are not counted. */
  function countBad(request: FastifyRequest, problem: DomainError): DomainError {
    if (doorOf(request.raw) !== 'public') return problem;
    const { waitMs } = badTokens.take(addressKey(request.ip));
    const seconds = Math.ceil(waitMs / 1_000);
    return waitMs > 0 ? refuse('rate.exceeded', { seconds }, seconds) : problem;
  }

  function letBotIn(request: FastifyRequest): void {
    if (request.tokenProblem) throw request.tokenProblem;
    const bot = botOf(request);
    if (request.botToken) tokens.noteUsed(request.botToken);
    checkWorks(settings, bot);
    checkScopes(request);
    if (bot.mode === 'cloud' && request.method !== 'GET') throw refuse('bot.cloud-unavailable', {});
    bots.noteActive(bot.id);
  }

  async function letIn(request: FastifyRequest, caller: 'admin' | 'keeper' | 'page' | 'anybody') {
    if (caller === 'anybody') checkHost(request.raw);
    else if (caller === 'page') checkOwnPage(request.raw);
    else if (caller === 'keeper') refuseKeeper(request);
    else await letAdminIn(request);
  }

  async function letAdminIn(request: FastifyRequest): Promise<void> {
    const { credential, tokenProblem, raw } = request;
    if (credential?.kind === 'token') return;
    if (credential?.kind === 'session') return checkOwnPage(raw);
    // A bot's token says nothing here; one that was meant for this and is not valid does.
    if (tokenProblem && ADMIN_TOKEN.test(bearer(request) ?? '')) throw tokenProblem;
    // Where somebody asks from says something in local mode only.
    if (isOverTls(raw) || apiDoor.mode() === 'network') {
      checkOwnPage(raw);
      throw refuse('admin.token-missing', {});
    }
    await checkLocalAdmin(raw);
    if (settings.get('admin_auth') === 'required' || isPanelRoute(request))
      throw refuse('admin.token-missing', {});
  }
}

/** The public door lets nobody through to what socket and window alone may do. */
function refuseKeeper({ raw }: FastifyRequest): never {
  checkOwnPage(raw);
  throw refuse('admin.keeper-only', {});
}

/**
 * The routes of window, panel and CLI are for those alone, and for the admin token (contract, section 7): a page of
 * ours that nobody has signed in to shows nothing.
 */
const isPanelRoute = ({ routeOptions }: FastifyRequest) => routeOptions.url?.startsWith('/api/v1/') === true;

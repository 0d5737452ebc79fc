import fastifyRateLimit from '@fastify/rate-limit';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  type FastifyServerOptions,
  type HTTPMethods,
  LogController,
} from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { refuse } from '../../src-shared/errors.ts';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { RateLimit } from '../base/rate-limit.ts';
import { redact } from '../base/redact.ts';
import type { Restorer } from '../engine/admin/restorer.ts';
import type { Services } from '../engine/engine.ts';
import type { SandboxHost } from '../engine/sandbox.ts';
import { accountRoutes } from './accounts.ts';
import { addressKey } from './address-key.ts';
import { aiRoutes } from './ai.ts';
import { auditRefusals, auditRoutes } from './audit.ts';
import { guardRoutes } from './auth.ts';
import { backupRoutes } from './backup.ts';
import { botAiRoutes } from './bot-ai.ts';
import { botDeliveryRoutes } from './bot-deliveries.ts';
import { botEventRoutes } from './bot-events.ts';
import { botResourceRoutes } from './bot-resources.ts';
import { botTelegramRoutes } from './bot-telegram.ts';
import { botWebhookRoutes } from './bot-webhook.ts';
import { botRoutes } from './bots.ts';
import { certificateRoutes } from './certificate.ts';
import { chatFileRoutes } from './chat-files.ts';
import { chatRoutes } from './chats.ts';
import { commandRoutes } from './commands.ts';
import { deadLetterRoutes } from './dead-letters.ts';
import { doorOf } from './door.ts';
import { ejabberdRoutes } from './ejabberd.ts';
import { BODY_LIMIT_BYTES, handleError } from './error-handler.ts';
import { eventRoutes } from './event-stream.ts';
import { fileRoutes } from './files.ts';
import { healthRoutes } from './health.ts';
import { healthReportRoutes } from './health-report.ts';
import { logRoutes } from './logs.ts';
import { messageRoutes } from './messages.ts';
import { omemoRoutes } from './omemo.ts';
import { describeRoutes } from './openapi.ts';
import { pageFiles, protectAnswers } from './page.ts';
import { panelRoutes } from './panel.ts';
import { restoreRoutes } from './restore.ts';
import { roomRoutes } from './rooms.ts';
import { sandboxRoutes } from './sandbox.ts';
import { EVERY_ANSWER } from './security-headers.ts';
import { settingRoutes } from './settings.ts';
import { statusRoutes } from './status.ts';
import { telegramRoutes } from './telegram.ts';
import { tokenBucketStore } from './token-bucket-store.ts';
import { updateRoutes } from './updates.ts';
import { webhookRoutes } from './webhooks.ts';

export interface HttpDeps {
  services: Services;
  clock: Clock;
  logger: Logger;
  version: string;
  /** Base URL of the bot API as programs reach it now. */
  apiUrl: () => string;
  /** Why it is not on the port that was set, if that could not be opened. */
  apiProblem: () => string | undefined;
  /** Opens the window's private listener. */
  privateToken: string;
  /** Folder of the files of window and panel; there is no secret in them. */
  rendererDir: string | undefined;
  /** Brings backups in; undefined where no engine runs that could start anew. */
  restorer?: Restorer | undefined;
  /** Undefined likewise. */
  sandbox?: SandboxHost | undefined;
}
export type RouteDeps = Pick<
  HttpDeps,
  'services' | 'clock' | 'logger' | 'version' | 'apiUrl' | 'apiProblem' | 'restorer' | 'sandbox'
>;

const routes = [
  healthRoutes,
  healthReportRoutes,
  logRoutes,
  botRoutes,
  botResourceRoutes,
  commandRoutes,
  messageRoutes,
  roomRoutes,
  chatRoutes,
  chatFileRoutes,
  fileRoutes,
  updateRoutes,
  botEventRoutes,
  webhookRoutes,
  deadLetterRoutes,
  botDeliveryRoutes,
  botWebhookRoutes,
  aiRoutes,
  botAiRoutes,
  telegramRoutes,
  botTelegramRoutes,
  accountRoutes,
  settingRoutes,
  certificateRoutes,
  ejabberdRoutes,
  omemoRoutes,
  auditRoutes,
  statusRoutes,
  eventRoutes,
  panelRoutes,
  backupRoutes,
  restoreRoutes,
  sandboxRoutes,
];

/** Set from the beginning: the compilers of JSON Schema would be loaded before they could be replaced. */
const schemaController: NonNullable<FastifyServerOptions['schemaController']> = {
  compilersFactory: {
    // The types of these know JSON Schema only.
    buildValidator: () => validatorCompiler as never,
    buildSerializer: () => serializerCompiler as never,
  },
};

/** The HTTP edge: all routes, ready to be reached through doors (listeners) or injected requests. */
export async function httpServer(deps: HttpDeps): Promise<FastifyInstance> {
  const { services, clock, logger, privateToken, rendererDir } = deps;
  const app: FastifyInstance = Fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    // A HEAD request would run the handler of GET, with all that it changes.
    exposeHeadRoutes: false,
    // Before any hook of ours.
    frameworkErrors: (error, request, reply) => handleError(error, request, reply.headers(EVERY_ANSWER)),
    routerOptions: { maxParamLength: 4_000 },
    forceCloseConnections: true,
    schemaController,
  });
  app.setErrorHandler(handleError);
  readBodies(app);
  auditRefusals(app, { audit: services.audit, logger });
  protectAnswers(app);
  guardRoutes(app, { services, privateToken, monotonic: clock.monotonic });
  await limitRate(app, deps);
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) => {
    const path = pathOf(request);
    const allowed = methodsOf(app, path).join(', ');
    const meant = path.replace(/\/+$/, '');
    if (allowed === '' && meant !== path && methodsOf(app, meant).length > 0) {
      throw refuse('route.slash', { path, meant });
    }
    if (allowed === '') throw refuse('route.unknown', { path });
    reply.header('allow', allowed);
    throw refuse('route.method', { path, allowed, method: request.method });
  });
  const descriptionRoutes = describeRoutes(app);
  for (const route of routes) await app.register(route, deps);
  await app.register(descriptionRoutes, deps);
  if (rendererDir !== undefined) await app.register(pageFiles, { rendererDir });
  await app.ready();
  return app;
}

/** Refuses what is not UTF-8. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** JSON only; an empty body counts as none, whatever its type says. */
function readBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    if (body.length === 0) return done(null, undefined);
    try {
      done(null, JSON.parse(utf8.decode(body as Buffer)));
    } catch {
      done(refuse('request.invalid', { reason: 'The body is not valid JSON in UTF-8.' }));
    }
  });
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(body.length === 0 ? null : refuse('body.media-type', {}), undefined);
  });
}

/** Requests a second: per address without a valid token, per token or session with one. Window and socket are exempt. */
async function limitRate(app: FastifyInstance, { services: { settings }, clock }: HttpDeps): Promise<void> {
  const limit = (key: 'rate_limit_ip' | 'rate_limit_bot') =>
    new RateLimit<string>(
      () => ({ depth: settings.get(key), perSecond: settings.get(key) }),
      clock.monotonic,
    );
  const [perAddress, perToken] = [limit('rate_limit_ip'), limit('rate_limit_bot')];
  const holderOf = ({ tokenBot, credential }: FastifyRequest) =>
    tokenBot ? `bot ${tokenBot.id}` : credential?.id;
  await app.register(fastifyRateLimit, {
    hook: 'onRequest',
    store: tokenBucketStore((key) => (key.startsWith(NO_HOLDER) ? perAddress : perToken)),
    keyGenerator: (request) => holderOf(request) ?? `${NO_HOLDER}${addressKey(request.ip)}`,
    max: (request) => settings.get(holderOf(request) ? 'rate_limit_bot' : 'rate_limit_ip'),
    timeWindow: 1_000,
    // A page comes in many files at once, which cost next to nothing and say nothing.
    allowList: ({ raw, routeOptions }) => doorOf(raw) !== 'public' || routeOptions.config.isPageFile === true,
    errorResponseBuilder: (_request, { ttl }) => {
      const seconds = Math.max(1, Math.ceil(ttl / 1_000));
      return refuse('rate.exceeded', { seconds }, seconds);
    },
  });
}

/** Begins the key of requests without a valid token. */
const NO_HOLDER = 'address ';

const METHODS: readonly HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

const methodsOf = (app: FastifyInstance, path: string) =>
  METHODS.filter((method) => app.findRoute({ method, url: path }) !== null);

/** The path without its query, short enough to be shown, and without a token that was typed into it. */
const pathOf = (request: FastifyRequest) => redact((request.url.split('?', 1)[0] ?? '/').slice(0, 200));

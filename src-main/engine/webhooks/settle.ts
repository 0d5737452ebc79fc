import type { CalledCaller } from '../../../src-shared/access.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import { reason as why } from '../../../src-shared/text/reasons.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Logger } from '../../base/logger.ts';
import type { BotRepository, Webhook } from '../../store/bot-repository.ts';
import type { DeadLetterRepository } from '../../store/dead-letter-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { Update, UpdateRepository } from '../../store/update-repository.ts';
import type { EndpointHealth, WebhookEndpointRepository } from '../../store/webhook-endpoint-repository.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { OwnerNotices } from '../notices/owner-notices.ts';
import type { Seen, Verdict } from './attempt.ts';
import type { DeliveryLog } from './delivery-log.ts';
import { restAfter, waitAfterRefusal } from './probe-schedule.ts';
import type { WebhookLine } from './webhook-line.ts';

export interface SettleDeps {
  store: Store;
  bots: BotRepository;
  updates: UpdateRepository;
  deadLetters: DeadLetterRepository;
  endpoints: WebhookEndpointRepository;
  notices: OwnerNotices;
  audit: AuditTrail;
  events: Emitter<EngineEvents>;
  clock: Clock;
  logger: Logger;
  /** Writes attempts down for people. */
  log: Pick<DeliveryLog, 'note'>;
}

/** One attempt that is over. */
export interface Attempted {
  line: WebhookLine;
  webhook: Webhook;
  update: Update;
  /** Monotonic milliseconds. */
  startedAtMs: number;
  seen: Seen;
}

/** How the conversation goes on: whether the same update, or another, waits, and for how long. */
export interface GoesOn {
  hasMore: boolean;
  notBeforeMs?: number;
}

/** How long the time of a success may be out of date in the database: it saves a write for each delivery. */
const SUCCESS_NOTED_EVERY_MS = 60_000;
const ENGINE: CalledCaller = { actor: 'engine', from: '' };

/** Writes down what came of attempts, and what that means for the address (contract, section 7, "Webhooks"). */
export function settling(deps: SettleDeps) {
  const { store, bots, updates, deadLetters, endpoints, notices, audit, events, clock, logger, log } = deps;

  /** The address that was tried is still the one to go to. */
  const isCurrent = ({ line, webhook }: Attempted) => line.webhook?.url === webhook.url;

  /** The same, by what is stored: between the commit of another address and its announcement is a moment. */
  async function isStored(tx: Tx, { line, webhook }: Pick<Attempted, 'line' | 'webhook'>): Promise<boolean> {
    const stored = await bots.webhookOf(line.botId, tx);
    return stored?.isEnabled === true && stored.url === webhook.url;
  }

  const noted = (tx: Tx, { update, webhook, seen }: Attempted, error?: string) =>
    log.note(tx, update, { seen, url: webhook.url, ...(error !== undefined && { error }) });

  /** The line goes on with another health; whether its address fails now is told when that is news. */
  function become(line: WebhookLine, health: EndpointHealth, restMs?: number): void {
    const wasFailing = line.health.failures > 0;
    line.become(health, restMs);
    const isFailing = health.failures > 0;
    if (isFailing !== wasFailing) events.emit('webhook.health-changed', { botId: line.botId, isFailing });
  }

  async function delivered(attempted: Attempted, hasMore: boolean): Promise<GoesOn> {
    const { line, webhook, update } = attempted;
    const { botId } = line;
    if (!isCurrent(attempted)) {
      await store.write(async (tx) => {
        await updates.remove(tx, botId, update.updateId);
        await noted(tx, attempted);
      });
      return { hasMore };
    }
    const before = line.health;
    const health: EndpointHealth = { ...before, ...WELL, lastSuccessAt: clock.now(), toldAt: undefined };
    const isStale = clock.monotonic() - line.savedAtMs > SUCCESS_NOTED_EVERY_MS;
    const isNews = isStale || before.failures > 0 || before.toldAt !== undefined;
    // With nothing behind it nobody waits for this commit: it can be that of the next message.
    const write = hasMore || isNews ? store.write : store.writeSoon;
    await write(async (tx) => {
      await updates.remove(tx, botId, update.updateId);
      await noted(tx, attempted);
      if (isNews) {
        if (!(await isStored(tx, attempted))) return;
        await endpoints.save(tx, botId, health);
        if (before.toldAt !== undefined) await notices.tell(tx, botId, 'webhook-well', hostOf(webhook));
      }
      tx.afterCommit(() => {
        if (!isCurrent(attempted)) return;
        if (isNews) line.savedAtMs = clock.monotonic();
        become(line, health, 0);
      });
    });
    return { hasMore };
  }

  async function endpointDown(
    attempted: Attempted,
    { reason, retryAfterMs }: { reason: string; retryAfterMs: number | undefined },
  ): Promise<GoesOn> {
    const { line, update, startedAtMs } = attempted;
    if (!isCurrent(attempted)) return { hasMore: true };
    const { botId } = line;
    const before = line.health;
    const nowMs = clock.now();
    // Several updates may fail at once: that is one failure.
    const counts = startedAtMs >= line.failedAtMs;
    const failures = before.failures + (counts ? 1 : 0);
    const restMs = restAfter(failures, retryAfterMs);
    const health: EndpointHealth = {
      ...before,
      failures,
      failingSince: before.failingSince ?? nowMs,
      pausedUntil: counts ? nowMs + restMs : before.pausedUntil,
      lastError: reason,
      lastErrorAt: nowMs,
    };
    logger.warn({ botId, attempt: update.attempts + 1, reason }, 'webhook address is failing');
    await store.write(async (tx) => {
      await updates.noteAttempt(tx, botId, update.updateId, false);
      await noted(tx, attempted, reason);
      if (await isStored(tx, attempted)) await endpoints.save(tx, botId, health);
      tx.afterCommit(() => {
        if (!isCurrent(attempted)) return;
        if (counts) line.failedAtMs = clock.monotonic();
        become(line, health, counts ? restMs : undefined);
      });
    });
    return { hasMore: true };
  }

  async function refused(attempted: Attempted, reason: string, hasMore: boolean): Promise<GoesOn> {
    const { line, update } = attempted;
    if (!isCurrent(attempted)) return { hasMore: true };
    const { botId } = line;
    const waitMs = waitAfterRefusal(update.refusals + 1);
    const nowMs = clock.now();
    // It answers, so it is not down: the others need not wait.
    const health: EndpointHealth = { ...line.health, ...WELL, lastError: reason, lastErrorAt: nowMs };
    logger.warn({ botId, attempt: update.attempts + 1, reason }, 'webhook receiver refused an update');
    await store.write(async (tx) => {
      tx.afterCommit(() => isCurrent(attempted) && become(line, health, 0));
      await updates.noteAttempt(tx, botId, update.updateId, true);
      await noted(tx, attempted, reason);
      if (await isStored(tx, attempted)) await endpoints.save(tx, botId, health);
      if (waitMs !== undefined) return;
      await deadLetters.bury(tx, botId, update.updateId, reason, Math.floor(nowMs / 1_000));
      await updates.remove(tx, botId, update.updateId);
      tx.afterCommit(() => events.emit('update.failed', { botId }));
    });
    if (waitMs === undefined) return { hasMore };
    return { hasMore: true, notBeforeMs: clock.monotonic() + waitMs };
  }

  async function gone(attempted: Attempted): Promise<GoesOn> {
    const { line, webhook } = attempted;
    if (!isCurrent(attempted)) return { hasMore: true };
    const { botId } = line;
    logger.warn({ botId }, 'webhook receiver answered 410: the webhook is off');
    const nowMs = clock.now();
    const health = { ...line.health, ...WELL, toldAt: undefined, lastError: GONE, lastErrorAt: nowMs };
    await store.write(async (tx) => {
      await updates.noteAttempt(tx, botId, attempted.update.updateId, false);
      await noted(tx, attempted, GONE);
      if (!(await isStored(tx, attempted))) return;
      await bots.disableWebhook(tx, botId);
      await endpoints.save(tx, botId, health);
      await audit.note(tx, ENGINE, { action: 'webhook.end', botId, details: '410' });
      await notices.tell(tx, botId, 'webhook-gone', hostOf(webhook));
      tx.afterCommit(() => {
        if (isCurrent(attempted)) line.close();
        events.emit('webhook.changed', { botId, isSet: false });
      });
    });
    return { hasMore: true };
  }

  return {
    /** Resolves with how the conversation goes on, after what came of the attempt is committed. */
    settle(attempted: Attempted, verdict: Verdict, hasMore: boolean): Promise<GoesOn> {
      switch (verdict.kind) {
        case 'delivered':
          return delivered(attempted, hasMore);
        case 'endpoint-down':
          return endpointDown(attempted, verdict);
        case 'refused':
          return refused(attempted, verdict.reason, hasMore);
        case 'gone':
          return gone(attempted);
      }
    },

    /** Tells the owner, once, that the address keeps failing. */
    async tellFailing(line: WebhookLine): Promise<void> {
      const { botId, webhook } = line;
      if (!webhook) return;
      line.tellLater();
      const told = { toldAt: clock.now() };
      await store.write(async (tx) => {
        if (!(await isStored(tx, { line, webhook }))) return;
        const health = { ...line.health, ...told };
        await endpoints.save(tx, botId, health);
        const reason = health.lastError ?? '';
        await notices.tell(tx, botId, 'webhook-failing', { ...hostOf(webhook), reason });
        tx.afterCommit(() => line.webhook?.url === webhook.url && line.become({ ...line.health, ...told }));
      });
    },
  };
}

const WELL = { failures: 0, failingSince: undefined, pausedUntil: 0 };
const GONE = why('webhook.gone', {});

/** What of an address a chat may show: its path and query may hold secrets. */
const hostOf = ({ url }: Webhook) => ({ host: new URL(url).host });

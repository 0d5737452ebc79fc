import { randomBytes } from 'node:crypto';
import { parse } from 'ltx';
import { onTestFinished } from 'vitest';
import { Emitter } from '../../src-main/base/emitter.ts';
import { HttpClient } from '../../src-main/base/http-client.ts';
import { silentLogger } from '../../src-main/base/logger.ts';
import { secretBox } from '../../src-main/base/secret-box.ts';
import { auditTrail } from '../../src-main/engine/audit/audit-trail.ts';
import { outbox as outboxOf } from '../../src-main/engine/messages/outbox.ts';
import type { Post } from '../../src-main/engine/messages/post.ts';
import { ownerNotices } from '../../src-main/engine/notices/owner-notices.ts';
import { sensitiveChanges } from '../../src-main/engine/notices/sensitive-changes.ts';
import { settingService } from '../../src-main/engine/settings/setting-service.ts';
import { updateService } from '../../src-main/engine/updates/update-service.ts';
import { deadLetters } from '../../src-main/engine/webhooks/dead-letters.ts';
import { deliveryLog } from '../../src-main/engine/webhooks/delivery-log.ts';
import { DeliveryRunner } from '../../src-main/engine/webhooks/delivery-runner.ts';
import { webhookService } from '../../src-main/engine/webhooks/webhook-service.ts';
import { accountRepository } from '../../src-main/store/account-repository.ts';
import { auditRepository } from '../../src-main/store/audit-repository.ts';
import { botRepository } from '../../src-main/store/bot-repository.ts';
import { deadLetterRepository } from '../../src-main/store/dead-letter-repository.ts';
import { deliveryRepository } from '../../src-main/store/delivery-repository.ts';
import { openStore } from '../../src-main/store/open.ts';
import { outboxRepository } from '../../src-main/store/outbox-repository.ts';
import { ownerNoticeRepository } from '../../src-main/store/owner-notice-repository.ts';
import { settingRepository } from '../../src-main/store/setting-repository.ts';
import { updateRepository } from '../../src-main/store/update-repository.ts';
import { webhookEndpointRepository } from '../../src-main/store/webhook-endpoint-repository.ts';
import type { EngineEvents } from '../../src-shared/events.ts';
import { type BotId, LOCAL_TENANT } from '../../src-shared/ids.ts';
import { bareJid } from '../../src-shared/jid.ts';
import { ManualClock } from './manual-clock.ts';
import { noDoor } from './no-door.ts';
import { testFolder } from './test-folder.ts';

export const OWNER = bareJid('you@localhost');
const SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
/** Nothing here has files. */
export const asStored = (data: string): string => data;
/** Who sets webhooks in these tests. */
export const PROGRAM = { actor: 'bot 1', from: '127.0.0.1' };

/** Everything that brings updates to webhooks, on a real store and a clock that the test moves; nothing else. */
export async function deliveryRig() {
  const store = await openStore(testFolder());
  onTestFinished(() => store.close());
  const box = secretBox(randomBytes(32));
  const events = new Emitter<EngineEvents>();
  const clock = new ManualClock();
  const logger = silentLogger;
  const bots = botRepository(store, box, LOCAL_TENANT);
  const accounts = accountRepository(store, box, LOCAL_TENANT);
  const updates = updateRepository(store, box);
  const letters = deadLetterRepository(store, box);
  const endpoints = webhookEndpointRepository(store);
  const audit = auditTrail({ store, audit: auditRepository(store, LOCAL_TENANT), clock });
  const settings = await settingService({
    repository: settingRepository(store, box, LOCAL_TENANT),
    audit,
    events,
    apiDoor: noDoor,
    operator: accounts.operator,
    tell: async () => undefined,
  });
  const outbox = outboxOf({ repository: outboxRepository(store, box), events, clock });
  const noticeRows = ownerNoticeRepository(store, box);
  const post: Pick<Post, 'prepare' | 'put'> = {
    prepare: async () => undefined,
    put: (tx, { account, botId }, message) => outbox.put(tx, { accountId: account.id, botId }, message),
  };
  const newNotices = () =>
    ownerNotices({ store, notices: noticeRows, accounts, bots, post, settings, clock, logger });
  const notices = newNotices();
  const service = updateService({ store, updates, deadLetters: letters, links: asStored, events, clock });
  const deliveryRows = deliveryRepository(store, box);
  const log = deliveryLog({ rows: deliveryRows, events, clock });
  const buried = deadLetters({
    store,
    letters,
    deliveries: deliveryRows,
    updates,
    audit,
    links: asStored,
    events,
    clock,
  });
  const policy = () => ({ allowLoopback: true, allowPrivate: [], ownPorts: [] });
  let wakeUp: () => void = () => undefined;
  const accountId = await store.write((tx) =>
    accounts.insert(tx, {
      jid: OWNER,
      password: 'x',
      service: undefined,
      ca: undefined,
      isOperator: true,
      createdAt: 1,
    }),
  );

  const newRunner = () =>
    new DeliveryRunner({
      store,
      bots,
      updates,
      deadLetters: letters,
      endpoints,
      notices,
      audit,
      events,
      log,
      client: new HttpClient(policy),
      links: asStored,
      isEnabled: () => true,
      onWakeUp: (listener) => {
        wakeUp = listener;
        return () => undefined;
      },
      clock,
      logger,
      version: 'test',
    });
  const start = async (runner = newRunner()) => {
    await runner.start();
    onTestFinished(() => runner.stop());
    return runner;
  };
  const aBot = (url: string, types?: readonly string[]) =>
    store.write(async (tx) => {
      const id = await bots.insert(tx, { name: 'Weather', owner: OWNER, mode: 'personal', createdAt: 1 });
      await bots.setWebhook(tx, id, { url, secret: SECRET, types });
      return id;
    });
  const queue = (botId: BotId, body: string, conversation = 'you@localhost', type = 'message') =>
    store.write((tx) => service.queue(tx, botId, { type, conversation, data: { body } }));
  /** Waits until the runner has written down what came of an attempt: its timers then tell what it does next. */
  const settled = async (condition: () => Promise<boolean> | boolean) => {
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    while (!(await condition())) await turn();
    // Read from the database before it was on the disk: the runner goes on after that.
    await store.durable();
    await turn();
  };
  return {
    store,
    accounts,
    accountId,
    audit,
    bots,
    updates,
    service,
    letters,
    buried,
    endpoints,
    deliveryRows,
    log,
    events,
    clock,
    notices,
    newNotices,
    newRunner,
    start,
    aBot,
    queue,
    settled,
    wakeUp: () => wakeUp(),
    waiting: async (botId: BotId) => (await updates.counts(botId)).waiting,
    webhooksOf: (runner: DeliveryRunner) =>
      webhookService({
        bots,
        endpoints,
        updates,
        deadLetters: buried,
        deliveries: runner,
        changes: sensitiveChanges({ notices, accounts }),
        audit,
        events,
        policy,
      }),
    /** What the owner was told in chat, oldest first. */
    told: async () => {
      const messages = await outbox.waiting(accountId, 0, 100);
      return messages.map(({ stanza }) => parse(stanza).getChildText('body') ?? '');
    },
  };
}

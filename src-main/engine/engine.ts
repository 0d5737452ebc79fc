import type { EngineEvents } from '../../src-shared/events.ts';
import { LOCAL_TENANT } from '../../src-shared/ids.ts';
import { translate } from '../../src-shared/text/translate.ts';
import { Emitter } from '../base/emitter.ts';
import { Scope } from '../base/scope.ts';
import { botIdentity } from '../gateways/xmpp/identity.ts';
import { probeLogin } from '../gateways/xmpp/probe-login.ts';
import { sessionPool } from '../gateways/xmpp/session-pool.ts';
import { type Account, accountRepository } from '../store/account-repository.ts';
import { auditRepository } from '../store/audit-repository.ts';
import { botAvatarRepository } from '../store/bot-avatar-repository.ts';
import { botCommandRepository } from '../store/bot-command-repository.ts';
import { botErrandRepository } from '../store/bot-errand-repository.ts';
import { botOverviews } from '../store/bot-overview-repository.ts';
import { botRepository } from '../store/bot-repository.ts';
import { botSettingRepository } from '../store/bot-setting-repository.ts';
import { botTokenRepository } from '../store/bot-token-repository.ts';
import { deadLetterRepository } from '../store/dead-letter-repository.ts';
import { inboxRepository } from '../store/inbox-repository.ts';
import { leftDeviceRepository } from '../store/left-device-repository.ts';
import { openStore, type Store, type Tx } from '../store/open.ts';
import { outboxRepository } from '../store/outbox-repository.ts';
import { ownerNoticeRepository } from '../store/owner-notice-repository.ts';
import { settingRepository } from '../store/setting-repository.ts';
import { updateRepository } from '../store/update-repository.ts';
import { waitingCommandRepository } from '../store/waiting-command-repository.ts';
import { webhookEndpointRepository } from '../store/webhook-endpoint-repository.ts';
import { accountLanguage } from './accounts/account-language.ts';
import { accountService } from './accounts/account-service.ts';
import { type AccountSessions, accountSessions } from './accounts/account-sessions.ts';
import { attach } from './accounts/attach.ts';
import { discoverServer } from './accounts/discover-server.ts';
import { leftDevices as leftDevicesOf } from './accounts/left-devices.ts';
import { serverOffers } from './accounts/server-offers.ts';
import { adminServices } from './admin/admin-services.ts';
import { aiServices } from './ai/ai-services.ts';
import { auditTrail } from './audit/audit-trail.ts';
import { botAvatars } from './bots/bot-avatars.ts';
import { botCommands } from './bots/bot-commands.ts';
import { botConnection } from './bots/bot-connection.ts';
import { botErrands } from './bots/bot-errands.ts';
import { botReport } from './bots/bot-report.ts';
import { botService } from './bots/bot-service.ts';
import { botSettings } from './bots/bot-settings.ts';
import { botTokens } from './bots/bot-tokens.ts';
import { dedicatedBots } from './bots/dedicated-bots.ts';
import { errandSteps } from './bots/errand-steps.ts';
import { chatBase, chatServices } from './chat/chat-services.ts';
import type { EngineDeps } from './engine-deps.ts';
import { fileServices } from './files/file-services.ts';
import { healthService } from './health/health-service.ts';
import { keepTidy } from './housekeeping.ts';
import { conversations as conversationsOf } from './messages/conversations.ts';
import { openMenus } from './messages/open-menus.ts';
import { outbox as outboxOf } from './messages/outbox.ts';
import { outgoingServices } from './messages/outgoing-services.ts';
import { pipelines } from './messages/pipelines.ts';
import { post as postOf } from './messages/post.ts';
import { ownerNotices } from './notices/owner-notices.ts';
import { sensitiveChanges } from './notices/sensitive-changes.ts';
import { type Omemo, omemoOf } from './omemo/omemo.ts';
import { omemoDevices } from './omemo/omemo-devices.ts';
import { ownResource } from './own-resource.ts';
import { ejabberdService } from './provisioning/ejabberd-service.ts';
import { roomBase } from './rooms/room-base.ts';
import { roomService } from './rooms/room-service.ts';
import { roomsOf } from './rooms/rooms.ts';
import { addressPolicy } from './settings/address-policy.ts';
import { serverManagement } from './settings/server-management.ts';
import { settingService } from './settings/setting-service.ts';
import { telegramServices } from './telegram/telegram-services.ts';
import { stateUpdates } from './updates/state-updates.ts';
import { updateService } from './updates/update-service.ts';
import { wantedTypes } from './updates/wanted-types.ts';
import { deliveryServices } from './webhooks/delivery-services.ts';

/** What the edges work with. */
export type Services = Awaited<ReturnType<typeof buildServices>>;

/** The one place that builds everything. `start` brings sessions and deliveries up; until then nothing connects. */
export async function openEngine(deps: EngineDeps) {
  const store = await openStore(deps.dataDir, deps.clock.now);
  const services = await buildServices(deps, store).catch((error: unknown) =>
    // Left open, it would try for ever to get its disk back, and keep the process from ending.
    Promise.allSettled([store.close()]).then(() => Promise.reject(error)),
  );
  const scope = new Scope();
  scope.add(() => store.close());
  scope.add(() => services.audit.flush());
  scope.add(() => services.activity.close());
  scope.add(() => services.panel.close());
  scope.add(() => services.errands.close());
  scope.add(() => services.files.close());
  return {
    ...services,
    async start(): Promise<void> {
      await services.files.tidyUp();
      await services.chats.files.sweep();
      scope.add(keepTidy(services, deps));
      scope.add(services.notices.start());
      scope.add(() => services.omemo.close());
      services.errands.start();
      scope.add(() => services.deliveries.stop());
      await services.deliveries.start();
      scope.add(() => services.sessions.stop());
      scope.add(() => services.ai.close());
      await services.ai.start();
      scope.add(() => services.telegram.close());
      await services.telegram.start();
      await services.sessions.start();
    },
    /** Ends sessions and deliveries in order, commits what is under way, closes the store. */
    stop: () => scope.close(),
  };
}
export type Engine = Awaited<ReturnType<typeof openEngine>>;

async function buildServices(deps: EngineDeps, store: Store) {
  const { dataDir, box, clock, logger } = deps;
  const events = new Emitter<EngineEvents>((error) => logger.error({ err: error }, 'a listener failed'));

  const accountRows = accountRepository(store, box, LOCAL_TENANT);
  const botRows = botRepository(store, box, LOCAL_TENANT);
  const settingRows = settingRepository(store, box, LOCAL_TENANT);
  const updateRows = updateRepository(store, box);
  const letters = deadLetterRepository(store, box);
  const endpoints = webhookEndpointRepository(store);
  const inbox = inboxRepository(store, box);
  const audit = auditTrail({ store, audit: auditRepository(store, LOCAL_TENANT), clock });

  const resource = await ownResource(store, settingRows);
  const settings = await settingService({
    repository: settingRows,
    audit,
    events,
    apiDoor: deps.apiDoor,
    operator: accountRows.operator,
    tell: (tx, changed, caller) => changes.operatorSettings(tx, changed, caller),
  });
  const policy = addressPolicy(deps, settings);
  const outbox = outboxOf({
    repository: outboxRepository(store, box),
    events,
    clock,
    async onSettled(tx, news) {
      for (const one of news) await tellState(tx, one);
      await talk.log.settled(tx, news);
    },
  });
  const talk = await chatBase({ store, box, events, clock });
  const pool = deps.pool ?? sessionPool({ clock, logger });

  const botOf = async ({ botId }: Account, tx?: Tx) =>
    botId === undefined ? undefined : botRows.byId(botId, tx);
  const omemo: Omemo = omemoOf({
    store,
    box,
    outbox,
    events,
    clock,
    logger,
    sessionOf: (jid) => sessions.of(jid),
    fallbackText: async (account, tx) => translate(await languageOf(account, tx))('omemo.fallback'),
  });
  const languageOf = accountLanguage({ accounts: accountRows, botOf, settings });
  const leftDevices = leftDevicesOf({
    store,
    repository: leftDeviceRepository(store, LOCAL_TENANT),
    omemo,
    clock,
    logger,
  });
  const conversations = await conversationsOf(omemo.peers, clock);
  const menus = openMenus({ clock });
  const base = roomBase({ store, box, accounts: accountRows });
  const post = postOf({ outbox, omemo, conversations, menus, rooms: base.registry, log: talk.log });

  const sessions: AccountSessions = accountSessions({
    accounts: accountRows,
    settings,
    pool,
    events,
    clock,
    logger,
    resource,
    attach: (account, session) =>
      attach(account, session, {
        ...services,
        accounts: accountRows,
        leftDevices,
        botOf,
        adHoc,
        inbound,
        rooms: inRooms,
        clock,
        logger,
      }),
    isBotActive: async (botId) => (await botRows.byId(botId))?.status === 'active',
    async identityOf(account) {
      const bot = account.botId === undefined ? undefined : await botOf(account);
      return bot && (() => botIdentity(bot.name));
    },
  });
  const notices = ownerNotices({
    store,
    notices: ownerNoticeRepository(store, box),
    accounts: accountRows,
    bots: botRows,
    post,
    settings,
    clock,
    logger,
  });
  const changes = sensitiveChanges({ notices, accounts: accountRows });
  const told = { audit, changes, events, clock };
  const tokens = botTokens({
    store,
    repository: botTokenRepository(store, box, LOCAL_TENANT),
    ...told,
  });
  const bots = botService({
    store,
    bots: botRows,
    accounts: accountRows,
    tokens,
    ...told,
    sessionState: (jid) => sessions.stateOf(jid),
  });
  const out = outgoingServices({
    store,
    box,
    outbox,
    post,
    accounts: accountRows,
    bots: botRows,
    botSettings: { get: (id, key) => services.botSettings.get(id, key) },
    rooms: base.destinations,
    sessions,
    clock,
    retractionFallback: async (account) => translate(await languageOf(account))('retraction.fallback'),
  });
  const avatars = await botAvatars({ store, repository: botAvatarRepository(store), audit, events });
  const settingsOfBots = await botSettings({
    repository: botSettingRepository(store),
    bots,
    avatars,
    operator: accountRows.operator,
    ...told,
  });
  const reaching = { accounts: accountRows, bots: botRows, out, outbox, post, sessions, settings, policy };
  const files = fileServices({ ...deps, ...reaching, store });
  const chats = chatServices({
    ...deps,
    ...reaching,
    base: talk,
    files,
    store,
    events,
    conversations,
    rooms: base,
    languageOf,
    runners: () => inbound.runners,
  });
  const ofBots = { ...deps, ...reaching, ...told, store, botSettings: settingsOfBots, notices };
  const commandRows = botCommandRepository(store);
  const toProgram = { store, links: files.links, events, clock };
  const updates = updateService({
    ...toProgram,
    updates: updateRows,
    deadLetters: letters,
    targets: out.targets,
  });
  const telegram = await telegramServices({ ...ofBots, updates });
  const ai = await aiServices({
    ...ofBots,
    botService: bots,
    onAnswer: telegram.takeAnswer,
    rooms: base.registry,
    isContact: (account, jid) => chats.isContact(account, jid),
  });
  const delivery = deliveryServices({
    ...deps,
    links: files.links,
    store,
    bots: botRows,
    updates: updateRows,
    letters,
    endpoints,
    notices,
    changes,
    settings,
    audit,
    events,
    policy,
  });
  const tellState = stateUpdates({ bots: botRows, updates, clock });
  const ejabberd = ejabberdService({ settings, ownPorts: deps.ownPorts, clock });
  const errands = botErrands({
    store,
    errands: botErrandRepository(store, box, LOCAL_TENANT),
    audit,
    events,
    clock,
    logger,
    ...errandSteps({ ejabberd, accounts: accountRows, sessions, clock, logger }),
  });
  const dedicated = dedicatedBots({ store, bots, accounts: accountRows, ejabberd, errands });
  const devices = omemoDevices({ store, omemo, leftDevices, accounts: accountRows, ...told });
  const accounts = accountService({
    store,
    accounts: accountRows,
    bots: botRows,
    audit,
    events,
    clock,
    resource,
    omemo,
    leftDevices,
    deleteBot: (tx, bot, caller) => dedicated.delete(tx, bot, caller),
    probe: (config, cancel) => probeLogin(config, { clock, logger, cancel }),
  });
  const standing = botConnection({ sessionOf: (jid) => sessions.of(jid), devices });
  const rooms = roomService({ ...base, outgoing: out.outgoing });
  const offers = serverOffers({ sessionOf: (jid) => sessions.of(jid), clock });
  const services = {
    store,
    events,
    omemo,
    waitingCommands: waitingCommandRepository(box),
    post,
    menus,
    errands,
    dedicated,
    omemoDevices: devices,
    botConnection: standing,
    settings,
    ...serverManagement({ ...deps, store, settings, audit, changes }),
    apiDoor: deps.apiDoor,
    sessions,
    bots,
    overviews: botOverviews(store),
    tokens,
    botCommands: botCommands({ repository: commandRows, audit, events }),
    botSettings: settingsOfBots,
    botAvatars: avatars,
    botReport: botReport({
      commands: commandRows,
      updates: updateRows,
      endpoints,
      settings: settingsOfBots,
      clock,
    }),
    ejabberd,
    audit,
    ...(await adminServices({ ...deps, store, settingRows, audit })),
    updates,
    wantedTypes: wantedTypes({ store, bots: botRows }),
    outbox,
    inbox,
    accounts,
    outgoing: out,
    rooms,
    roomMessages: base.messages,
    files,
    receivedFiles: files.received,
    chats,
    ai,
    telegram,
    ...delivery,
    notices,
    discoverServer: discoverServer({ client: delivery.client, clock }),
    health: healthService({
      ...delivery,
      accounts,
      ai,
      apiDoor: deps.apiDoor,
      bots,
      botConnection: standing,
      ejabberd,
      errands,
      offers,
      rooms,
      sessions,
      settings,
      telegram,
      dataDir,
    }),
  };
  const shared = { ...services, conversations, languageOf, log: talk.log, clock, logger };
  const inRooms = roomsOf({ ...shared, ...base, rooms: base.roomRows });
  const adHoc = deps.adHoc(services);
  const inbound = pipelines({
    ...shared,
    waiting: services.waitingCommands,
    notices: ownerNoticeRepository(store, box),
    ownerNotices: notices,
    commands: deps.commands(services),
    menu: deps.menu(services),
  });
  return services;
}

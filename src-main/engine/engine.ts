import type { EngineEvents } from '../../src-shared/events.ts';
import { LOCAL_TENANT } from '../../src-shared/ids.ts';
import { type Language, translate } from '../../src-shared/text/translate.ts';
import type { AddressPolicy } from '../base/address-guard.ts';
import { Emitter } from '../base/emitter.ts';
import { HttpClient } from '../base/http-client.ts';
import { Scope } from '../base/scope.ts';
import { botIdentity } from '../gateways/xmpp/identity.ts';
import { probeLogin } from '../gateways/xmpp/probe-login.ts';
import { sessionPool } from '../gateways/xmpp/session-pool.ts';
import { WakeUpWatch } from '../gateways/xmpp/wake-up.ts';
import { type Account, accountRepository } from '../store/account-repository.ts';
import { auditRepository } from '../store/audit-repository.ts';
import { botAvatarRepository } from '../store/bot-avatar-repository.ts';
import { botCommandRepository } from '../store/bot-command-repository.ts';
import { botErrandRepository } from '../store/bot-errand-repository.ts';
import { botRepository } from '../store/bot-repository.ts';
import { botSettingRepository } from '../store/bot-setting-repository.ts';
import { botTokenRepository } from '../store/bot-token-repository.ts';
import { deadLetterRepository } from '../store/dead-letter-repository.ts';
import { inboxRepository } from '../store/inbox-repository.ts';
import { leftDeviceRepository } from '../store/left-device-repository.ts';
import { openStore } from '../store/open.ts';
import { outboxRepository } from '../store/outbox-repository.ts';
import { ownerNoticeRepository } from '../store/owner-notice-repository.ts';
import { settingRepository } from '../store/setting-repository.ts';
import { updateRepository } from '../store/update-repository.ts';
import { waitingCommandRepository } from '../store/waiting-command-repository.ts';
import { webhookEndpointRepository } from '../store/webhook-endpoint-repository.ts';
import { accountService } from './accounts/account-service.ts';
import { type AccountSessions, accountSessions } from './accounts/account-sessions.ts';
import { attach } from './accounts/attach.ts';
import { leftDevices as leftDevicesOf } from './accounts/left-devices.ts';
import { adminToken } from './admin/admin-token.ts';
import { backupService } from './admin/backup-service.ts';
import { panelSessions } from './admin/panel-sessions.ts';
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
import type { EngineDeps } from './engine-deps.ts';
import { fileServices } from './files/file-services.ts';
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
import { serverManagement } from './settings/server-management.ts';
import { settingService } from './settings/setting-service.ts';
import { stateUpdates } from './updates/state-updates.ts';
import { updateService } from './updates/update-service.ts';
import { wantedTypes } from './updates/wanted-types.ts';
import { deadLetters } from './webhooks/dead-letters.ts';
import { DeliveryRunner } from './webhooks/delivery-runner.ts';
import { webhookService } from './webhooks/webhook-service.ts';

/** What the edges work with. */
export type Services = Awaited<ReturnType<typeof buildServices>>;

/** The one place that builds everything. `start` brings sessions and deliveries up; until then nothing connects. */
export async function openEngine(deps: EngineDeps) {
  const services = await buildServices(deps);
  const scope = new Scope();
  scope.add(() => services.store.close());
  scope.add(() => services.audit.flush());
  scope.add(() => services.panel.close());
  scope.add(() => services.errands.close());
  scope.add(() => services.files.close());
  return {
    ...services,
    async start(): Promise<void> {
      await services.files.tidyUp();
      scope.add(keepTidy(services, deps));
      scope.add(services.notices.start());
      scope.add(() => services.omemo.close());
      services.errands.start();
      scope.add(() => services.deliveries.stop());
      await services.deliveries.start();
      scope.add(() => services.sessions.stop());
      await services.sessions.start();
    },
    /** Ends sessions and deliveries in order, commits what is under way, closes the store. */
    stop: () => scope.close(),
  };
}
export type Engine = Awaited<ReturnType<typeof openEngine>>;

async function buildServices(deps: EngineDeps) {
  const { dataDir, box, clock, logger, version } = deps;
  const store = await openStore(dataDir, clock.now);
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
  });
  const policy = (): AddressPolicy => ({
    // Who asks over the network means another machine by it.
    allowLoopback: deps.apiDoor.mode() === 'local',
    allowPrivate: settings
      .get('webhook_allow_private')
      .split(/[\s,]+/)
      .filter(Boolean),
    ownPorts: deps.ownPorts(),
  });
  const outbox = outboxOf({
    repository: outboxRepository(store, box),
    events,
    clock,
    onSettled: (tx, news) => tellState(tx, news),
  });
  const pool = deps.pool ?? sessionPool({ clock, logger });

  const botOf = async ({ botId }: Account) => (botId === undefined ? undefined : botRows.byId(botId));
  const omemo: Omemo = omemoOf({
    store,
    box,
    outbox,
    events,
    clock,
    logger,
    sessionOf: (jid) => sessions.of(jid),
    fallbackText: () => translate(settings.get('language'))('omemo.fallback'),
  });
  /** Of what is said in an account's chat: a bot speaks its owner's language. */
  const languageOf = async (account: Account): Promise<Language> => {
    const person = account.botId === undefined ? account : await accountRows.ownerOf(account.botId);
    return person?.language ?? settings.get('language');
  };
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
  const post = postOf({ outbox, omemo, conversations, menus, rooms: base.registry });

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
  const panel = panelSessions({ store, box, audit, clock });
  const notices = ownerNotices({
    store,
    notices: ownerNoticeRepository(store),
    accounts: accountRows,
    bots: botRows,
    post,
    settings,
    clock,
    logger,
  });
  const changes = sensitiveChanges(notices);
  const tokens = botTokens({
    store,
    repository: botTokenRepository(store, box, LOCAL_TENANT),
    changes,
    audit,
    events,
    clock,
  });
  const bots = botService({
    store,
    bots: botRows,
    accounts: accountRows,
    tokens,
    audit,
    events,
    clock,
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
    retractionFallback: () => translate(settings.get('language'))('retraction.fallback'),
  });
  const avatars = await botAvatars({ store, repository: botAvatarRepository(store), audit, events });
  const settingsOfBots = await botSettings({
    repository: botSettingRepository(store),
    bots,
    avatars,
    changes,
    audit,
    events,
  });
  const files = fileServices({
    ...deps,
    store,
    out,
    post,
    accounts: accountRows,
    bots: botRows,
    sessions,
    settings,
    policy,
  });
  const commandRows = botCommandRepository(store);
  const updates = updateService({
    store,
    updates: updateRows,
    deadLetters: letters,
    targets: out.targets,
    events,
    clock,
  });
  const buried = deadLetters({ store, letters, updates: updateRows, audit, events, clock });
  const wakeUp = new WakeUpWatch({ clock });
  const deliveries = new DeliveryRunner({
    store,
    bots: botRows,
    updates: updateRows,
    deadLetters: letters,
    endpoints,
    notices,
    audit,
    events,
    client: new HttpClient(policy),
    isEnabled: () => settings.get('bot_features_enabled'),
    onWakeUp: (listener) => wakeUp.on(listener),
    clock,
    logger,
    version,
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
  const devices = omemoDevices({ store, omemo, leftDevices, accounts: accountRows, audit, events, clock });
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
    botConnection: botConnection({ sessionOf: (jid) => sessions.of(jid), devices }),
    settings,
    ...serverManagement({ store, settings, audit, apiDoor: deps.apiDoor }),
    apiDoor: deps.apiDoor,
    sessions,
    bots,
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
    panel,
    adminToken: await adminToken({
      store,
      repository: settingRows,
      box,
      audit,
      onRotated: () => panel.endAll(),
    }),
    backups: backupService({ store, box, audit, clock, dataDir, version }),
    updates,
    wantedTypes: wantedTypes({ store, bots: botRows }),
    outbox,
    inbox,
    accounts: accountService({
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
      probe: (config) => probeLogin(config, { clock, logger }),
    }),
    outgoing: out,
    rooms: roomService({ ...base, outgoing: out.outgoing }),
    roomMessages: base.messages,
    files,
    receivedFiles: files.received,
    webhooks: webhookService({
      bots: botRows,
      endpoints,
      updates: updateRows,
      deadLetters: buried,
      deliveries,
      changes,
      audit,
      events,
      policy,
    }),
    deadLetters: buried,
    deliveries,
    notices,
  };
  const shared = { ...services, conversations, languageOf, clock, logger };
  const inRooms = roomsOf({ ...shared, ...base, rooms: base.roomRows });
  const adHoc = deps.adHoc(services);
  const inbound = pipelines({
    ...shared,
    waiting: services.waitingCommands,
    notices: ownerNoticeRepository(store),
    ownerNotices: notices,
    commands: deps.commands(services),
    menu: deps.menu(services),
  });
  return services;
}

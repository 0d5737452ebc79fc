import type { HealthFinding } from '../../../src-shared/api/health.ts';
import type { Language } from '../../../src-shared/text/translate.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { AccountService } from '../accounts/account-service.ts';
import type { AccountSessions } from '../accounts/account-sessions.ts';
import type { ServerOffers } from '../accounts/server-offers.ts';
import type { AiService } from '../ai/ai-service.ts';
import type { botConnection as botConnectionOf } from '../bots/bot-connection.ts';
import type { BotErrands } from '../bots/bot-errands.ts';
import type { BotService } from '../bots/bot-service.ts';
import type { EjabberdService } from '../provisioning/ejabberd-service.ts';
import type { RoomService } from '../rooms/room-service.ts';
import type { ApiDoor } from '../settings/api-door.ts';
import type { SettingService } from '../settings/setting-service.ts';
import type { TelegramService } from '../telegram/telegram-service.ts';
import type { WebhookService } from '../webhooks/webhook-service.ts';
import { observeAi } from './check-ai.ts';
import { observeBot, observeErrand, observeWebhook } from './check-bots.ts';
import {
  observeAdmin,
  observeApi,
  observeCertificate,
  observeFolder,
  observeServer,
} from './check-installation.ts';
import { observeOffers, observeRooms } from './check-servers.ts';
import { observeTelegram } from './check-telegram.ts';
import { type HealthLevel, type Observation, worded, worstOf } from './observation.ts';

interface HealthDeps {
  accounts: Pick<AccountService, 'list'>;
  ai: Pick<AiService, 'shown' | 'usage'>;
  apiDoor: ApiDoor;
  bots: Pick<BotService, 'list'>;
  botConnection: ReturnType<typeof botConnectionOf>;
  ejabberd: Pick<EjabberdService, 'show' | 'test'>;
  errands: Pick<BotErrands, 'waiting'>;
  offers: ServerOffers;
  rooms: Pick<RoomService, 'list'>;
  sessions: AccountSessions;
  settings: Pick<SettingService, 'get'>;
  telegram: Pick<TelegramService, 'shown'>;
  webhooks: Pick<WebhookService, 'info'>;
  dataDir: string;
}

/** Bots that are asked about at their servers at the same time. */
const AT_ONCE = 16;

/**
 * Everything a person could have got wrong, and everything that does not work now, with what to do about it: what the
 * window shows and `botmother doctor` prints.
 */
export function healthService(deps: HealthDeps) {
  const { accounts, ai, apiDoor, botConnection, bots, ejabberd, errands, offers, rooms } = deps;
  const { sessions, settings, telegram, webhooks, dataDir } = deps;

  function observeAccount({ jid, isEnabled }: Account): Observation {
    const about = { account: jid, values: { account: jid } };
    if (!sessions.isRunning) return { ...about, level: 'ok', code: 'account.stored' };
    if (!isEnabled) return { ...about, level: 'warning', code: 'account.off', action: 'switch-on-account' };
    const state = sessions.stateOf(jid);
    const other = sessions.actsInstead(jid);
    if (state === 'online' && other !== undefined)
      return { ...about, values: { account: jid, other }, level: 'note', code: 'account.elsewhere' };
    if (state === 'online') return { ...about, level: 'ok', code: 'account.online' };
    const values = { account: jid, reason: sessions.of(jid)?.reason ?? '' };
    return state === 'failed'
      ? { ...about, values, level: 'error', code: 'account.failed', action: 'account' }
      : { ...about, values, level: 'warning', code: 'account.trying' };
  }

  async function observeAccounts(): Promise<Observation[]> {
    const people = await accounts.list();
    const [first] = people;
    if (!first) return [{ level: 'error', code: 'account.none', action: 'sign-in' }];
    const found = people.map(observeAccount);
    if (people.some(({ isOperator }) => isOperator)) return found;
    const values = { account: first.jid };
    return [...found, { level: 'warning', code: 'account.no-operator', values, action: 'choose-operator' }];
  }

  /** Of the accounts that are there: nobody else's server can be asked. */
  async function observeServers(): Promise<Observation[]> {
    const online = (await accounts.list()).filter(({ jid }) => sessions.stateOf(jid) === 'online');
    const found = await Promise.all(online.map(async ({ jid }) => observeOffers(jid, await offers.of(jid))));
    return found.flat();
  }

  async function observeAiOf(bot: Bot): Promise<Observation[]> {
    const shown = await ai.shown(bot);
    return shown.enabled ? observeAi(bot, shown, (await ai.usage(bot, 1)).calls) : [];
  }

  async function observeBots(): Promise<Observation[]> {
    const all = (await bots.list()).filter(({ status }) => status === 'active');
    const found: Observation[] = [];
    for (let index = 0; index < all.length; index += AT_ONCE) {
      const some = await Promise.all(
        all.slice(index, index + AT_ONCE).map(async (bot) => {
          const aboutWebhook = observeWebhook(bot, await webhooks.info(bot));
          // Without an engine nothing of theirs is connected.
          if (!sessions.isRunning) return aboutWebhook;
          const others = [
            ...aboutWebhook,
            ...observeRooms(bot, await rooms.list(bot)),
            ...observeTelegram(bot, await telegram.shown(bot)),
            ...(await observeAiOf(bot)),
          ];
          if (bot.mode !== 'dedicated') return others;
          return [observeBot(bot, await botConnection(bot)), ...others];
        }),
      );
      found.push(...some.flat());
    }
    return found;
  }

  async function observeErrands(): Promise<Observation[]> {
    return (await errands.waiting()).map(observeErrand);
  }

  return {
    /** `tellsUsersApart`: whether this system shows whose program it is that asks. */
    async report(
      language: Language,
      { tellsUsersApart }: { tellsUsersApart: boolean },
    ): Promise<{ worst: HealthLevel; findings: HealthFinding[] }> {
      const isOn = settings.get('bot_features_enabled');
      const isNetwork = apiDoor.mode() === 'network';
      const certificate = await apiDoor.certificate();
      const [folder, people, offered, server, ofBots, left] = await Promise.all([
        observeFolder(dataDir),
        observeAccounts(),
        isOn ? observeServers() : [],
        observeServer(ejabberd.show(), () => ejabberd.test({})),
        isOn ? observeBots() : [],
        observeErrands(),
      ]);
      const observations: Observation[] = [
        // Without an engine nothing listens, so there is nothing to say about it.
        ...(sessions.isRunning ? [observeApi(apiDoor.reached())] : []),
        ...(certificate ? [observeCertificate(certificate)] : []),
        ...observeAdmin(isNetwork ? 'required' : settings.get('admin_auth'), tellsUsersApart),
        ...folder,
        ...(isOn ? [] : [{ level: 'error', code: 'bots.off', action: 'switch-on-bots' } as const]),
        ...people,
        ...offered,
        ...server,
        ...ofBots,
        ...left,
      ];
      const findings = observations.map((one) => worded(one, language));
      return { worst: worstOf(findings), findings };
    },
  };
}
export type HealthService = ReturnType<typeof healthService>;

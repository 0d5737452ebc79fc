import type { EngineEvents } from '../../../src-shared/events.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { HttpClient } from '../../base/http-client.ts';
import { KeyedQueue } from '../../base/keyed-queue.ts';
import type { Logger } from '../../base/logger.ts';
import type { TelegramApi } from '../../gateways/telegram/index.ts';
import type { Bot, BotRepository } from '../../store/bot-repository.ts';
import type { TelegramBotRepository } from '../../store/telegram-bot-repository.ts';
import { type RestBell, restBell } from './rest-bell.ts';
import type { TelegramPoll } from './telegram-poll.ts';
import { LASTING } from './telegram-refusals.ts';
import type { TelegramSender } from './telegram-sender.ts';
import type { TelegramTroubles } from './telegram-troubles.ts';

interface TelegramRunsDeps {
  bots: Pick<BotRepository, 'byId'>;
  bridges: Pick<TelegramBotRepository, 'of' | 'enabled'>;
  poll: TelegramPoll;
  sender: TelegramSender;
  troubles: TelegramTroubles;
  /** Connections of one bridge alone: its long poll takes none from others, and ends with them. */
  newHttp: () => HttpClient;
  open: (token: string, http: HttpClient) => TelegramApi;
  apiRoot: () => string;
  events: Emitter<EngineEvents>;
  clock: Clock;
  logger: Logger;
}

interface Run {
  bot: Bot;
  /** What it was begun with; it begins anew with anything else. */
  key: string;
  ending: AbortController;
  hearing: RestBell;
  work: RestBell;
  again: RestBell;
  done: Promise<void>;
}

/** Which bridges run: those that are switched on, of bots that are. */
export function telegramRuns(deps: TelegramRunsDeps) {
  const { bots, bridges, poll, sender, troubles, newHttp, open, apiRoot, events, clock, logger } = deps;
  const runs = new Map<BotId, Run>();
  const queue = new KeyedQueue<BotId>();
  let isStarted = false;

  function begin(bot: Bot, { token, telegramId }: { token: string; telegramId: string }, key: string): void {
    const http = newHttp();
    const api = open(token, http);
    const ending = new AbortController();
    const bells = { hearing: restBell(clock), work: restBell(clock), again: restBell(clock) };
    const quiet = { untilMs: clock.monotonic() };
    /** Somebody spoke there: it can be spoken there again. */
    const onHeard = () => {
      const kind = troubles.kindOf(bot.id, 'writing');
      if (kind !== undefined && LASTING.has(kind)) bells.again.ring();
    };
    const { signal } = ending;
    /** Only then a message is sent, or looked for: which numbers are there is known then. */
    const caughtUp = Promise.withResolvers<void>();
    signal.addEventListener('abort', () => caughtUp.resolve());
    const send = () =>
      sender.run({ bot, telegramId, api, work: bells.work, again: bells.again, quiet }, signal);
    const done = Promise.all([
      poll.run({ bot, api, bell: bells.hearing, quiet, onHeard, onCaughtUp: caughtUp.resolve }, signal),
      caughtUp.promise.then(send),
    ])
      .catch((error: unknown) => logger.error({ err: error, botId: bot.id }, 'a Telegram bridge broke down'))
      .then(() => http.close());
    runs.set(bot.id, { bot, key, ending, ...bells, done });
  }

  /** The requests under way end now. */
  function end(botId: BotId): Promise<void> {
    const run = runs.get(botId);
    if (!run) return Promise.resolve();
    runs.delete(botId);
    run.ending.abort();
    troubles.forget(botId);
    return run.done;
  }

  /** Lets the bridge of a bot run, begin anew or end, as it is set up now. */
  const refresh = (botId: BotId): Promise<void> =>
    queue.run(botId, async () => {
      const bridge = await bridges.of(botId);
      const bot = await bots.byId(botId);
      const isWanted = isStarted && bridge?.isEnabled && bot?.status === 'active';
      const key = bridge ? `${bridge.token} ${bridge.link.id} ${apiRoot()}` : '';
      const run = runs.get(botId);
      if (isWanted && run?.key === key) return;
      await end(botId);
      if (isStarted && isWanted) begin(bot, bridge, key);
      events.emit('telegram.changed', { botId });
    });
  const refreshSoon = (botId: BotId): void =>
    void refresh(botId).catch((error: unknown) =>
      logger.error({ err: error, botId }, 'a Telegram bridge could not be begun or ended'),
    );

  events.on('bot.deleted', ({ botId }) => void end(botId));
  events.on('bot.changed', ({ botId }) => refreshSoon(botId));
  events.on('setting.changed', ({ key }) => {
    if (key === 'telegram_api_root') for (const botId of runs.keys()) refreshSoon(botId);
  });
  /** What waits for an account, or for a device of its owner, need not wait any longer. */
  const hearAgain = (jid: string) => {
    for (const { bot, hearing } of runs.values()) if (bot.owner === jid || bot.jid === jid) hearing.ring();
  };
  events.on('account.session-changed', ({ jid, state }) => state === 'online' && hearAgain(jid));
  events.on('account.added', ({ jid }) => hearAgain(jid));
  events.on('omemo.devices-added', ({ jid }) => hearAgain(jid));
  events.on('omemo.trust-changed', ({ jid }) => hearAgain(jid));

  return {
    refreshSoon,
    /** Ends at once what is under way; whether it begins again is looked at then. */
    restart(botId: BotId): void {
      void end(botId);
      refreshSoon(botId);
    },
    isRunning: (botId: BotId): boolean => runs.has(botId),
    /** Something waits to be sent. */
    wake: (botId: BotId): void => runs.get(botId)?.work.ring(),
    async start(): Promise<void> {
      isStarted = true;
      for (const { botId } of await bridges.enabled()) await refresh(botId);
    },
    async close(): Promise<void> {
      isStarted = false;
      await Promise.all([...runs.keys()].map(end));
    },
  };
}
export type TelegramRuns = ReturnType<typeof telegramRuns>;

import type { BotTelegram, TelegramTrouble } from '../../../src-shared/api/telegram.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Logger } from '../../base/logger.ts';
import type { Store } from '../../store/open.ts';
import type { TelegramBotRepository, TelegramSide } from '../../store/telegram-bot-repository.ts';
import type { NoticeKind, OwnerNotices } from '../notices/owner-notices.ts';

interface Trouble {
  kind: TelegramTrouble;
  sinceMs: number;
  retryAtMs: number | undefined;
}

/** How the bridge of a bot stands, as long as this program runs. */
interface Standing {
  isOnline: boolean;
  /** Where its owner may have been told of a trouble that is not over yet: also of one before this program began. */
  open: Set<TelegramSide>;
  webhook: string | undefined;
  troubles: Map<TelegramSide, Trouble>;
}

interface TelegramTroublesDeps {
  store: Store;
  bridges: Pick<TelegramBotRepository, 'of' | 'setTold'>;
  notices: Pick<OwnerNotices, 'tell'>;
  events: Emitter<EngineEvents>;
  clock: Clock;
  logger: Logger;
}

/** What an owner has to do something about. */
const TOLD: Partial<Record<TelegramTrouble, NoticeKind>> = {
  token: 'telegram-token',
  webhook: 'telegram-webhook',
  'other-program': 'telegram-other-program',
  chat: 'telegram-chat',
  blocked: 'telegram-blocked',
};

/** Which bridges do not work and why. Their owners are told once, also over restarts, until it works again. */
export function telegramTroubles({ store, bridges, notices, events, clock, logger }: TelegramTroublesDeps) {
  const standings = new Map<BotId, Standing>();
  const ofBot = (botId: BotId): Standing => {
    const known = standings.get(botId);
    if (known) return known;
    const standing: Standing = {
      isOnline: false,
      open: new Set(['hearing', 'writing']),
      webhook: undefined,
      troubles: new Map(),
    };
    standings.set(botId, standing);
    return standing;
  };
  const changed = (botId: BotId) => events.emit('telegram.changed', { botId });
  const report = (error: unknown) => logger.error({ err: error }, 'a trouble with Telegram was not noted');

  async function tell(botId: BotId, side: TelegramSide, kind: TelegramTrouble): Promise<void> {
    const notice = TOLD[kind];
    if (!notice) return;
    await store.write(async (tx) => {
      const bridge = await bridges.of(botId, tx);
      if (!bridge || bridge.told[side] === kind) return;
      // A token that is worth nothing shows on both sides.
      const isKnown = Object.values(bridge.told).includes(kind);
      await bridges.setTold(tx, botId, side, kind);
      if (!isKnown) await notices.tell(tx, botId, notice, { host: ofBot(botId).webhook ?? '-' });
    });
  }

  /** It is over on that side: the next time its owner is told again. */
  const forgetTold = (botId: BotId, side: TelegramSide): Promise<void> =>
    store.write(async (tx) => {
      const told = (await bridges.of(botId, tx))?.told[side];
      if (told !== undefined) await bridges.setTold(tx, botId, side, undefined);
    });

  return {
    /** It did not work. Resolves when that is noted. */
    async note(
      botId: BotId,
      side: TelegramSide,
      { kind, retryInMs }: { kind: TelegramTrouble; retryInMs?: number | undefined },
    ): Promise<void> {
      const standing = ofBot(botId);
      const before = standing.troubles.get(side);
      const isNew = before?.kind !== kind;
      standing.troubles.set(side, {
        kind,
        sinceMs: isNew ? clock.now() : before.sinceMs,
        retryAtMs: retryInMs === undefined ? undefined : clock.now() + retryInMs,
      });
      standing.open.add(side);
      if (side === 'hearing') standing.isOnline = false;
      changed(botId);
      if (isNew) await tell(botId, side, kind).catch(report);
    },
    /** It works, or works again. `isForNow`: it may be over at once, and its owner need not be told of that. */
    async well(botId: BotId, side: TelegramSide, { isForNow = false } = {}): Promise<void> {
      const standing = ofBot(botId);
      const before = standing.troubles.get(side);
      const isNews = before !== undefined || (side === 'hearing' && !standing.isOnline);
      if (side === 'hearing') {
        standing.isOnline = true;
        standing.webhook = undefined;
      }
      standing.troubles.delete(side);
      if (isNews) changed(botId);
      if (isForNow || !standing.open.delete(side)) return;
      await forgetTold(botId, side).catch(report);
    },
    noteWebhook(botId: BotId, host: string | undefined): void {
      ofBot(botId).webhook = host;
    },
    /** The bridge is off, or another one. */
    forget: (botId: BotId): void => void standings.delete(botId),
    kindOf: (botId: BotId, side: TelegramSide): TelegramTrouble | undefined =>
      standings.get(botId)?.troubles.get(side)?.kind,

    /** As it is shown. */
    shown(botId: BotId): Pick<BotTelegram, 'trouble' | 'webhook'> & { isOnline: boolean } {
      const standing = standings.get(botId);
      const trouble = standing?.troubles.get('hearing') ?? standing?.troubles.get('writing');
      return {
        isOnline: standing?.isOnline ?? false,
        webhook: standing?.webhook ?? null,
        trouble: trouble
          ? {
              kind: trouble.kind,
              since: Math.floor(trouble.sinceMs / 1_000),
              retry_at: trouble.retryAtMs === undefined ? null : Math.ceil(trouble.retryAtMs / 1_000),
            }
          : null,
      };
    },
  };
}
export type TelegramTroubles = ReturnType<typeof telegramTroubles>;

import { DomainError } from '../../../src-shared/errors.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import type { TextKey } from '../../../src-shared/text/en.ts';
import { translate } from '../../../src-shared/text/translate.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { Scope } from '../../base/scope.ts';
import type { Account, AccountRepository } from '../../store/account-repository.ts';
import type { Bot, BotRepository } from '../../store/bot-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { NoticeRow, OwnerNoticeRepository } from '../../store/owner-notice-repository.ts';
import { composeChat } from '../messages/compose.ts';
import type { Post } from '../messages/post.ts';
import type { SettingService } from '../settings/setting-service.ts';

interface OwnerNoticesDeps {
  store: Store;
  notices: OwnerNoticeRepository;
  accounts: AccountRepository;
  bots: BotRepository;
  post: Pick<Post, 'prepare' | 'put'>;
  settings: SettingService;
  clock: Clock;
  logger: Logger;
}

/** What an owner can be told: every text `notice.*`. */
export type NoticeKind = TextKey extends infer Key
  ? Key extends `notice.${infer Kind}`
    ? Kind
    : never
  : never;
type Values = Record<string, string | number>;

/** About one bot, one kind is told no more often. */
const EVERY_MS = 10 * 60 * 1_000;

/**
 * Tells owners what happened to their bots without them: in the chat with themselves, or, where the owner is not signed
 * in here, in the chat with a dedicated bot; encrypted as everything that is said there. Never a flood: what comes too
 * soon after another of its kind is held, and the newest of it told later, also after a restart.
 */
export function ownerNotices(deps: OwnerNoticesDeps) {
  const { store, notices, accounts, bots, post, settings, clock, logger } = deps;
  const scope = new Scope();
  let isPlanned = false;
  let looking: Promise<void> = Promise.resolve();

  /** Through which account the owner is told, and where. Undefined for owners that nobody here can reach. */
  async function wayTo(botId: BotId, tx?: Tx): Promise<{ bot: Bot; account: Account } | undefined> {
    const bot = await bots.byId(botId, tx);
    const account = bot && ((await accounts.ofPerson(bot.owner, tx)) ?? (await accounts.ofBot(botId, tx)));
    return bot && account && { bot, account };
  }

  /** Also true when the clock was set back: better once too often than never. */
  const isDue = (toldAt: number) => !(clock.now() >= toldAt && clock.now() - toldAt < EVERY_MS);

  /** Refuses what must be encrypted and cannot be. */
  async function say(tx: Tx, botId: BotId, kind: NoticeKind, values: Values): Promise<void> {
    const way = await wayTo(botId, tx);
    if (way) {
      const { bot, account } = way;
      const t = translate(account.language ?? settings.get('language'));
      const text = t(`notice.${kind}`, { id: bot.id, name: bot.name, ...values });
      const notice = composeChat(account.jid, bot.owner, text, { isPlain: true });
      await post.put(tx, { account, botId: null }, notice);
    }
    await notices.save(tx, { botId, kind, toldAt: clock.now(), held: undefined });
  }

  async function tellHeld({ botId, kind }: NoticeRow): Promise<void> {
    const way = await wayTo(botId);
    if (way) await post.prepare(way.account, way.bot.owner);
    await store.write(async (tx) => {
      const row = await notices.of(tx, botId, kind);
      if (row?.held === undefined || !isDue(row.toldAt)) return;
      // Both were written by `tell`.
      await say(tx, botId, kind as NoticeKind, JSON.parse(row.held) as Values);
    });
  }

  function plan(): void {
    if (isPlanned || scope.isClosed) return;
    isPlanned = true;
    clock.after(scope, EVERY_MS, () => {
      isPlanned = false;
      look();
    });
  }

  async function lookOnce(): Promise<void> {
    try {
      for (const row of await notices.held()) {
        if (!isDue(row.toldAt)) continue;
        await tellHeld(row).catch((error: unknown) => {
          if (!(error instanceof DomainError)) throw error;
          logger.warn({ reason: error.code, botId: row.botId }, 'an owner could not be told yet');
        });
      }
      if ((await notices.held()).length > 0) plan();
    } catch (error) {
      logger.error({ err: error }, 'owners could not be told');
      plan();
    }
  }
  /** One after the other, so that each is told once and in order. */
  function look(): void {
    if (scope.isClosed) return;
    looking = looking.then(lookOnce);
  }

  return {
    /**
     * Tells the bot's owner in the caller's unit: now, or as soon as it is no flood and can be encrypted. Owners who cannot
     * be reached hear nothing.
     */
    async tell(tx: Tx, botId: BotId, kind: NoticeKind, values: Values = {}): Promise<void> {
      const last = await notices.of(tx, botId, kind);
      const held = JSON.stringify(values);
      if (last && !isDue(last.toldAt)) {
        await notices.save(tx, { ...last, held });
        tx.afterCommit(plan);
        return;
      }
      try {
        await say(tx, botId, kind, values);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        await notices.save(tx, { botId, kind, toldAt: last?.toldAt ?? clock.now() - EVERY_MS, held });
        tx.afterCommit(look);
      }
    },

    /** Takes up what was held before the last stop. Returns the function that ends it. */
    start(): () => Promise<void> {
      look();
      return async () => {
        await scope.close();
        await looking;
      };
    },
  };
}
export type OwnerNotices = ReturnType<typeof ownerNotices>;

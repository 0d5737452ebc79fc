import type { BotId } from '../../../src-shared/ids.ts';
import type { TextKey } from '../../../src-shared/text/en.ts';
import { translate } from '../../../src-shared/text/translate.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { Scope } from '../../base/scope.ts';
import type { AccountRepository } from '../../store/account-repository.ts';
import type { BotRepository } from '../../store/bot-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { OwnerNoticeRepository } from '../../store/owner-notice-repository.ts';
import { composeChat } from '../messages/compose.ts';
import type { Outbox } from '../messages/outbox.ts';
import type { SettingService } from '../settings/setting-service.ts';

interface OwnerNoticesDeps {
  store: Store;
  notices: OwnerNoticeRepository;
  accounts: AccountRepository;
  bots: BotRepository;
  outbox: Outbox;
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
 * Tells owners in the chat with themselves what happened to their bots without them. Never a flood: what comes too
 * soon after another of its kind is held, and the newest of it told later, also after a restart.
 */
export function ownerNotices(deps: OwnerNoticesDeps) {
  const { store, notices, accounts, bots, outbox, settings, clock, logger } = deps;
  const scope = new Scope();
  let isPlanned = false;

  async function say(tx: Tx, botId: BotId, kind: NoticeKind, values: Values): Promise<void> {
    const bot = await bots.byId(botId, tx);
    const account = bot && (await accounts.ofPerson(bot.owner, tx));
    // The owner of a dedicated bot need not be signed in here.
    if (!bot || !account) return;
    const t = translate(account.language ?? settings.get('language'));
    const text = t(`notice.${kind}`, { id: bot.id, name: bot.name, ...values });
    await outbox.put(
      tx,
      { accountId: account.id, botId: null },
      composeChat(account.jid, account.jid, text, { isPlain: true }),
    );
  }

  /** Also true when the clock was set back: better once too often than never. */
  const isDue = (toldAt: number) => !(clock.now() >= toldAt && clock.now() - toldAt < EVERY_MS);

  async function tellHeld(tx: Tx): Promise<void> {
    for (const { botId, kind, toldAt, held } of await notices.held(tx)) {
      if (held === undefined || !isDue(toldAt)) continue;
      // Both were written by `tell`.
      await say(tx, botId, kind as NoticeKind, JSON.parse(held) as Values);
      await notices.save(tx, { botId, kind, toldAt: clock.now(), held: undefined });
    }
  }

  function plan(): void {
    if (isPlanned || scope.isClosed) return;
    isPlanned = true;
    clock.after(scope, EVERY_MS, () => {
      isPlanned = false;
      void look();
    });
  }

  async function look(): Promise<void> {
    try {
      await store.write(tellHeld);
      if ((await notices.held()).length > 0) plan();
    } catch (error) {
      logger.error({ err: error }, 'owners could not be told');
      plan();
    }
  }

  return {
    /** Tells the bot's owner in the caller's unit: now, or as soon as it is no flood. Owners who are unknown hear nothing. */
    async tell(tx: Tx, botId: BotId, kind: NoticeKind, values: Values = {}): Promise<void> {
      const last = await notices.of(tx, botId, kind);
      if (last && !isDue(last.toldAt)) {
        await notices.save(tx, { ...last, held: JSON.stringify(values) });
        tx.afterCommit(plan);
        return;
      }
      await say(tx, botId, kind, values);
      await notices.save(tx, { botId, kind, toldAt: clock.now(), held: undefined });
    },

    /** Takes up what was held before the last stop. Returns the function that ends it. */
    start(): () => Promise<void> {
      void look();
      return () => scope.close();
    },
  };
}
export type OwnerNotices = ReturnType<typeof ownerNotices>;

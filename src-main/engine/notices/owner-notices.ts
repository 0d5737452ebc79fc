import { DomainError } from '../../../src-shared/errors.ts';
import type { AccountId, BotId } from '../../../src-shared/ids.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { TextKey } from '../../../src-shared/text/en.ts';
import { spoken } from '../../../src-shared/text/reasons.ts';
import { type Translate, translate } from '../../../src-shared/text/translate.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { Scope } from '../../base/scope.ts';
import type { Account, AccountRepository } from '../../store/account-repository.ts';
import type { BotRepository } from '../../store/bot-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { NoticeRow, NoticeSubject, OwnerNoticeRepository } from '../../store/owner-notice-repository.ts';
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
/** What stands in its text; a list has a line for each entry, and grows while the notice is held. */
export type NoticeValues = Record<string, string | number | NoticeList>;
export type NoticeList = Readonly<Record<string, string>>;

/** Lines of a list that are shown, and entries that are kept. */
const LIST_SHOWN = 20;
const LIST_KEPT = 100;

/** How something stands: the newest of these says all that matters. */
const STATES: ReadonlySet<NoticeKind> = new Set(['webhook-failing', 'webhook-well', 'webhook-gone']);

/** About one bot or account, one kind is told no more often. */
const EVERY_MS = 10 * 60 * 1_000;

/**
 * Tells owners what happened to their bots without them: in the chat with themselves, or, where the owner is not signed
 * in here, in the chat with a dedicated bot; encrypted as everything that is said there. Never a flood: what comes too
 * soon after another of its kind is held, and all of it told together later, also after a restart.
 */
export function ownerNotices(deps: OwnerNoticesDeps) {
  const { store, notices, accounts, bots, post, settings, clock, logger } = deps;
  const scope = new Scope();
  /** Who only opens the engine for one change leaves what is held to the one that runs. */
  let isStarted = false;
  let isPlanned = false;
  let looking: Promise<void> = Promise.resolve();

  /** Through which account somebody is told, where, and of what. Undefined for those that nobody here can reach. */
  async function wayTo(subject: NoticeSubject, tx?: Tx): Promise<Way | undefined> {
    if ('accountId' in subject) {
      const account = await accounts.byId(subject.accountId, tx);
      return account && { account, to: account.jid, about: {} };
    }
    const bot = await bots.byId(subject.botId, tx);
    const account = bot && ((await accounts.ofPerson(bot.owner, tx)) ?? (await accounts.ofBot(bot.id, tx)));
    return bot && account && { account, to: bot.owner, about: { id: bot.id, name: bot.name } };
  }

  /** Also true when the clock was set back: better once too often than never. */
  const isDue = (toldAt: number) => !(clock.now() >= toldAt && clock.now() - toldAt < EVERY_MS);

  /** Refuses what must be encrypted and cannot be. */
  async function say(
    tx: Tx,
    subject: NoticeSubject,
    kind: NoticeKind,
    all: readonly NoticeValues[],
  ): Promise<void> {
    const way = await wayTo(subject, tx);
    if (way) {
      const { account, to, about } = way;
      const language = account.language ?? settings.get('language');
      const t = translate(language);
      const texts = all
        .slice(-LIST_SHOWN)
        .map((values) => t(`notice.${kind}`, { ...about, ...spoken(inWords(values, t), language) }));
      const left = all.length - texts.length;
      if (left > 0) texts.push(t('omemo.more', { count: left }));
      const notice = composeChat(account.jid, to, texts.join('\n\n'), { isPlain: true });
      await post.put(tx, { account, botId: null }, notice);
    }
    await notices.save(tx, { subject, kind, toldAt: clock.now(), held: undefined });
  }

  async function tellHeld({ subject, kind }: NoticeRow): Promise<void> {
    const way = await wayTo(subject);
    if (way) await post.prepare(way.account, way.to);
    await store.write(async (tx) => {
      const row = await notices.of(tx, subject, kind);
      if (row?.held === undefined || !isDue(row.toldAt)) return;
      // Both were written by `tellOf`.
      await say(tx, subject, kind as NoticeKind, heldValues(row));
    });
  }

  function plan(): void {
    if (!isStarted || isPlanned || scope.isClosed) return;
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
          logger.warn({ reason: error.code, ...row.subject }, 'an owner could not be told yet');
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
    if (!isStarted || scope.isClosed) return;
    looking = looking.then(lookOnce);
  }

  async function tellOf(
    tx: Tx,
    subject: NoticeSubject,
    kind: NoticeKind,
    values: NoticeValues,
  ): Promise<void> {
    const last = await notices.of(tx, subject, kind);
    const all = last?.held === undefined ? [values] : together(kind, heldValues(last), values);
    const held = JSON.stringify(all);
    if (last && !isDue(last.toldAt)) {
      await notices.save(tx, { ...last, held });
      tx.afterCommit(plan);
      return;
    }
    try {
      await say(tx, subject, kind, all);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await notices.save(tx, { subject, kind, toldAt: last?.toldAt ?? clock.now() - EVERY_MS, held });
      tx.afterCommit(look);
    }
  }

  return {
    /**
     * Tells the bot's owner in the caller's unit: now, or as soon as it is no flood and can be encrypted. Owners who cannot
     * be reached hear nothing.
     */
    tell: (tx: Tx, botId: BotId, kind: NoticeKind, values: NoticeValues = {}): Promise<void> =>
      tellOf(tx, { botId }, kind, values),

    /** The same for who signed in with an account, of what is about no single bot. */
    tellAccount: (tx: Tx, accountId: AccountId, kind: NoticeKind, values: NoticeValues): Promise<void> =>
      tellOf(tx, { accountId }, kind, values),

    /** Takes up what was held before the last stop. Returns the function that ends it. */
    start(): () => Promise<void> {
      isStarted = true;
      look();
      return async () => {
        await scope.close();
        await looking;
      };
    },
  };
}
export type OwnerNotices = ReturnType<typeof ownerNotices>;

interface Way {
  account: Account;
  to: BareJid;
  /** What every text about the subject may name. */
  about: Record<string, string | number>;
}

/** Each that is held, the newest last; before it was a list, only that one was kept. */
function heldValues({ held = '[]' }: NoticeRow): NoticeValues[] {
  const all = JSON.parse(held) as NoticeValues | NoticeValues[];
  return Array.isArray(all) ? all : [all];
}

/** All that is to be told: where it is a list it grows, and what is no state of something is told each time it is another. */
function together(
  kind: NoticeKind,
  before: readonly NoticeValues[],
  values: NoticeValues,
): readonly NoticeValues[] {
  const last = before.at(-1);
  if (!last || STATES.has(kind)) return [values];
  if (Object.values(values).some((value) => typeof value === 'object')) return [grown(last, values)];
  const same = JSON.stringify(values);
  return [...before.filter((one) => JSON.stringify(one) !== same), values].slice(-LIST_KEPT);
}

/** The newest of each value; lists grow, so that of many changes each is told. */
function grown(before: NoticeValues, values: NoticeValues): NoticeValues {
  const all = Object.entries(values).map(([slot, value]) => {
    const known = before[slot];
    const isList = typeof value === 'object' && typeof known === 'object';
    return [
      slot,
      isList ? Object.fromEntries(Object.entries({ ...known, ...value }).slice(-LIST_KEPT)) : value,
    ];
  });
  return Object.fromEntries(all) as NoticeValues;
}

/** As they stand in a text: a list as lines. */
function inWords(values: NoticeValues, t: Translate): Record<string, string | number> {
  const lines = (list: NoticeList) => {
    const all = Object.entries(list).map(([name, value]) => (value === '' ? name : `${name}: ${value}`));
    const left = all.length - LIST_SHOWN;
    return [...all.slice(0, LIST_SHOWN), ...(left > 0 ? [t('omemo.more', { count: left })] : [])].join('\n');
  };
  return Object.fromEntries(
    Object.entries(values).map(([slot, value]) => [slot, typeof value === 'object' ? lines(value) : value]),
  );
}

import { randomBytes } from 'node:crypto';
import type { LongPolls } from './long-polls.ts';
import { type EmulatedBot, pendingFrom, type World } from './state.ts';

/** A Telegram bot, with the hands of who owns it at @BotFather. */
export interface TelegramTestBot {
  readonly id: number;
  readonly username: string;
  readonly token: string;
  /** A new token; the one before is worth nothing any more. */
  revoke(): string;
  /** Another program has set a webhook; null: none. */
  setWebhook(url: string | null): void;
  setReadsGroups(reads: boolean): void;
  /** Another program reads its news: whoever waits for them is sent away. */
  readElsewhere(): void;
  /** Numbers of the updates that nobody has confirmed yet. */
  unconfirmed(): number[];
  isPolled(): boolean;
}

export interface BotOptions {
  username?: string;
  name?: string;
  readsGroups?: boolean;
}

const newToken = (id: number) => `${id}:${randomBytes(26).toString('base64url').slice(0, 35)}`;

let lastBot = 700_000_000;

export function newBot(world: World, polls: LongPolls, options: BotOptions): TelegramTestBot {
  lastBot += 1;
  const id = lastBot;
  const bot: EmulatedBot = {
    id,
    token: newToken(id),
    username: options.username ?? `test_${id}_bot`,
    name: options.name ?? 'Test',
    readsGroups: options.readsGroups ?? true,
    webhook: null,
    allowedUpdates: [],
    nextUpdate: 100_000 + (id % 1_000) * 1_000,
    queue: [],
    lastOwnId: 40,
  };
  world.bots.set(id, bot);
  return {
    id,
    username: bot.username,
    get token() {
      return bot.token;
    },
    revoke() {
      bot.token = newToken(id);
      return bot.token;
    },
    setWebhook(url) {
      bot.webhook = url;
      world.wake(bot);
    },
    setReadsGroups(reads) {
      bot.readsGroups = reads;
    },
    readElsewhere: () => polls.interrupt(bot),
    unconfirmed: () => pendingFrom(world, bot, 0).map((update) => update.update_id),
    isPolled: () => polls.isWaiting(bot),
  };
}

import { refuse } from '../../../src-shared/errors.ts';
import type { MessageId } from '../../../src-shared/ids.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import { reason as why } from '../../../src-shared/text/reasons.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Store } from '../../store/open.ts';
import type { SentVersion } from '../../store/outbox-repository.ts';
import { composeRetraction, type RetractionFallback } from './compose.ts';
import { type MessageTargets, nameOnWire, shownId } from './message-targets.ts';
import type { Outbox } from './outbox.ts';
import type { Outgoing } from './outgoing.ts';
import type { Post } from './post.ts';

interface RetractionServiceDeps {
  store: Store;
  outbox: Outbox;
  post: Post;
  outgoing: Outgoing;
  targets: MessageTargets;
  fallbackText: RetractionFallback;
}

const WITHDRAWN = why('message.withdrawn', {});

/**
 * Takes messages of a bot back. One that has certainly not left is taken out of the outbox and nobody ever sees it; for
 * any other a retraction follows it, in order, which the recipients' apps may honour or not.
 */
export function retractionService({
  store,
  outbox,
  post,
  outgoing,
  targets,
  fallbackText,
}: RetractionServiceDeps) {
  /** Takes a message that waits, and its corrections, out of the outbox. False when it may have left. */
  async function withdraw(bot: Bot, versions: readonly SentVersion[]): Promise<boolean> {
    const first = versions.find(({ state }) => state !== 'failed');
    if (first?.state !== 'queued') return false;
    // What is behind it in the outbox waits with it.
    const release = outbox.holdBack(first.id, first.isRoom ? first.conversation : undefined);
    if (!release) return false;
    try {
      await store.write(async (tx) => {
        for (const { id, state } of await outbox.versions(bot.id, first.originalId, tx)) {
          if (state === 'queued') await outbox.settle(tx, id, 'failed', { reason: WITHDRAWN });
        }
        await outbox.retract(tx, bot.id, first.originalId);
      });
    } finally {
      release();
    }
    return true;
  }

  async function sendRetraction(bot: Bot, to: BareJid, id: string): Promise<void> {
    const account = await outgoing.account(bot);
    await post.prepare(account, to);
    const fallback = await fallbackText(account);
    await store.write(async (tx) => {
      const versions = await outbox.versions(bot.id, id, tx);
      const [own] = versions;
      const isRoom = own?.isRoom === true;
      const composed = composeRetraction(to, own ? nameOnWire(versions) : id, fallback, { isRoom });
      if (own?.isRetracted) return;
      if (own) await outbox.retract(tx, bot.id, own.originalId);
      await post.put(tx, { account, botId: bot.id }, composed);
    });
  }

  /** A message that the owner's hand sent from the account may be taken back too; anybody else's may not. */
  async function retractOwners(bot: Bot, id: string): Promise<void> {
    const to = await targets.ownerWroteTo(bot, id);
    if (to) return sendRetraction(bot, to, id);
    if (await targets.isKnown(bot, id)) throw refuse('message.not-own', { id: shownId(id) });
    throw refuse('message.not-found', { id: shownId(id) });
  }

  return {
    /** By the id of the message or of one of its corrections. Doing it again changes nothing. */
    async retract(bot: Bot, id: string): Promise<void> {
      if (bot.mode === 'cloud') throw refuse('bot.cloud-unavailable', {});
      const versions = await outbox.versions(bot.id, id);
      const [first] = versions;
      if (!first) return retractOwners(bot, id);
      if (first.isRetracted || (await withdraw(bot, versions))) return;
      if (versions.every(({ state }) => state === 'failed')) return forget(bot, first.originalId);
      // A room may have been left since, and takes nothing back from who is not there.
      if (first.isRoom) await outgoing.recipient(bot, first.conversation, 'groupchat');
      await sendRetraction(bot, first.conversation, first.originalId);
    },
  };

  /** It never got there: nobody has anything to take back. */
  async function forget(bot: Bot, originalId: MessageId): Promise<void> {
    await store.write((tx) => outbox.retract(tx, bot.id, originalId));
  }
}
export type RetractionService = ReturnType<typeof retractionService>;

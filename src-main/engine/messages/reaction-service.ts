import { refuse } from '../../../src-shared/errors.ts';
import { emojisIn } from '../../gateways/xmpp/xep-0444-reactions.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Store } from '../../store/open.ts';
import { composeReaction } from './compose.ts';
import type { MessageTargets } from './message-targets.ts';
import type { MessageType, Outgoing } from './outgoing.ts';
import type { Post } from './post.ts';

interface ReactionServiceDeps {
  store: Store;
  post: Post;
  outgoing: Outgoing;
  targets: MessageTargets;
}

/** A person rarely gives more, and rooms often allow fewer. */
export const REACTIONS_LIMIT = 10;

/** Reactions of a bot to messages it knows. */
export function reactionService({ store, post, outgoing, targets }: ReactionServiceDeps) {
  return {
    /** Puts these emojis in the place of all that the bot gave to that message before; none takes them back. */
    async react(
      bot: Bot,
      reaction: { to: string; messageId: string; emojis: string; type?: MessageType },
    ): Promise<void> {
      const { type = 'chat' } = reaction;
      const to = await outgoing.recipient(bot, reaction.to, type);
      const emojis = emojisIn(reaction.emojis);
      if (!emojis || emojis.length > REACTIONS_LIMIT) {
        throw refuse('reaction.not-emoji', { limit: REACTIONS_LIMIT });
      }
      const target = await targets.find(bot, to, reaction.messageId);
      const account = await outgoing.account(bot);
      await post.prepare(account, to);
      const composed = composeReaction(to, target.id, emojis, { isRoom: type === 'groupchat' });
      await store.write((tx) => post.put(tx, { account, botId: bot.id }, composed));
    },
  };
}
export type ReactionService = ReturnType<typeof reactionService>;

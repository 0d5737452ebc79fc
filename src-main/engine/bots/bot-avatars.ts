import type { Caller } from '../../../src-shared/access.ts';
import { refuse } from '../../../src-shared/errors.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Avatar, BotAvatarRepository } from '../../store/bot-avatar-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { type AvatarImage, prepareAvatar } from './avatar-image.ts';
import { drawAvatar } from './drawn-avatar.ts';

interface BotAvatarsDeps {
  store: Store;
  repository: BotAvatarRepository;
  audit: AuditTrail;
  events: Emitter<EngineEvents>;
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;

/**
 * Reads a picture from base64, with or without the head of a data: address, and makes it fit to be shown. Refuses what
 * is none. It takes its time, so it is done before the unit that stores it.
 */
export async function readAvatar(text: string): Promise<AvatarImage> {
  const data = text.replace(/^data:[\w/+.-]*;base64,/, '').replace(/\s+/g, '');
  if (data === '' || !BASE64.test(data)) throw refuse('avatar.not-base64', {});
  return prepareAvatar(Buffer.from(data, 'base64'));
}

/** The picture by which people know a bot. */
export async function botAvatars({ store, repository, audit, events }: BotAvatarsDeps) {
  const given = new Set<BotId>(await repository.given());
  events.on('bot.deleted', ({ botId }) => given.delete(botId));

  return {
    /** Whether the bot was given a picture. */
    isGiven: (botId: BotId): boolean => given.has(botId),
    /** The picture the bot was given, or that was drawn for it; refuses when it has none. */
    async of(bot: Bot): Promise<Avatar> {
      const avatar = await repository.of(bot.id);
      if (!avatar) throw refuse('bot.no-avatar', { id: bot.id });
      return avatar;
    },
    /** The picture the bot shows on the network: where it was given none, one is drawn for its name, once. */
    async shownBy(bot: Pick<Bot, 'id' | 'name'>): Promise<AvatarImage> {
      const stored = await repository.of(bot.id);
      if (stored && (stored.drawnFor === undefined || stored.drawnFor === bot.name)) return stored;
      const drawn = await drawAvatar(bot.name);
      return store.write(async (tx) => {
        const now = await repository.of(bot.id, tx);
        if (now && now.drawnFor === undefined) return now;
        await repository.set(tx, bot.id, { ...drawn, drawnFor: bot.name });
        return drawn;
      });
    },
    /** Replaces the picture, or takes it away (`undefined`). */
    async set(tx: Tx, bot: Bot, avatar: AvatarImage | undefined, caller: Caller): Promise<void> {
      if (avatar) await repository.set(tx, bot.id, avatar);
      else await repository.delete(tx, bot.id);
      await audit.note(tx, caller, { action: 'bot.avatar', botId: bot.id, details: avatar?.type ?? 'none' });
      tx.afterCommit(() => {
        if (avatar) given.add(bot.id);
        else given.delete(bot.id);
        events.emit('bot.changed', { botId: bot.id, owner: bot.owner });
      });
    },
  };
}
export type BotAvatars = Awaited<ReturnType<typeof botAvatars>>;

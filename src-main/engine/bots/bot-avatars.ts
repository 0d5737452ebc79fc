import type { Caller } from '../../../src-shared/access.ts';
import { refuse } from '../../../src-shared/errors.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Avatar, BotAvatarRepository } from '../../store/bot-avatar-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';

interface BotAvatarsDeps {
  repository: BotAvatarRepository;
  audit: AuditTrail;
  events: Emitter<EngineEvents>;
}

/** As base64 it still fits into one stanza (XEP-0084, vcard-temp), which ends at 200 KiB. */
const IMAGE_BYTES = 128 * 1024;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;

/** How the image formats that clients show begin. No SVG: it can hold programs. */
const FORMATS: readonly (readonly [type: string, start: RegExp])[] = [
  ['image/png', /^\x89PNG\r\n\x1a\n/],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/gif', /^GIF8[79]a/],
  ['image/webp', /^RIFF.{4}WEBP/s],
];

/** Reads an image from base64, with or without the head of a data: address. Refuses what is none, or is too large. */
export function readAvatar(text: string, declared: string | undefined): Avatar {
  const data = text.replace(/^data:[\w/+.-]*;base64,/, '').replace(/\s+/g, '');
  if (data === '' || !BASE64.test(data))
    throw refuse('bot.avatar', { reason: 'must be an image in base64.' });
  const image = Buffer.from(data, 'base64');
  if (image.length > IMAGE_BYTES) {
    throw refuse('bot.avatar', {
      reason: `is ${image.length} bytes large; at most ${IMAGE_BYTES} are allowed.`,
    });
  }
  const head = image.subarray(0, 16).toString('latin1');
  const type = FORMATS.find(([, start]) => start.test(head))?.[0];
  if (!type) throw refuse('bot.avatar', { reason: 'must be a PNG, JPEG, GIF or WebP image.' });
  if (declared !== undefined && declared.toLowerCase().replace('image/jpg', 'image/jpeg') !== type) {
    throw refuse('bot.avatar', { reason: `is ${type}, but \`avatar_type\` says otherwise.` });
  }
  return { type, image };
}

/** The picture by which people know a bot. */
export function botAvatars({ repository, audit, events }: BotAvatarsDeps) {
  return {
    /** Refuses when the bot has none. */
    async of(bot: Bot): Promise<Avatar> {
      const avatar = await repository.of(bot.id);
      if (!avatar) throw refuse('bot.no-avatar', { id: bot.id });
      return avatar;
    },
    /** Replaces the picture, or takes it away (`undefined`). */
    async set(tx: Tx, bot: Bot, avatar: Avatar | undefined, caller: Caller): Promise<void> {
      if (avatar) await repository.set(tx, bot.id, avatar);
      else await repository.delete(tx, bot.id);
      await audit.note(tx, caller, { action: 'bot.avatar', botId: bot.id, details: avatar?.type ?? 'none' });
      tx.afterCommit(() => events.emit('bot.changed', { botId: bot.id, owner: bot.owner }));
    },
  };
}
export type BotAvatars = ReturnType<typeof botAvatars>;

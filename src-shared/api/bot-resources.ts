import { z } from 'zod';
import { AVATAR_LENGTH, AvatarType, Bot, BotMode, OVERLAP_S } from './bots.ts';
import { answer, text, wholeNumber } from './common.ts';
import { Setting } from './settings.ts';

/** A bot for the window, the panel and the CLI: whose it is belongs to it. */
export const BotResource = Bot.extend({ owner: z.string() });
export const BotResources = answer(z.array(BotResource));
export const OneBot = answer(BotResource);
export const NewBot = answer(
  z.object({ id: z.number(), name: z.string(), token: z.string(), mode: BotMode, api_url: z.string() }),
);

export const BotPath = z.object({ id: wholeNumber(1, Number.MAX_SAFE_INTEGER) });
export const BotSettingPath = BotPath.extend({ key: z.string() });
export const ChangeBot = z
  .object({
    active: z.boolean({ error: 'must be true or false' }).optional(),
    description: text(10_000).optional(),
    avatar: text(AVATAR_LENGTH).nullable().optional().describe('An image in base64; null takes it away.'),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    message: 'names nothing to change: give active, description or avatar',
  });

export const TokenChange = z
  .object({ overlap_s: wholeNumber(0, OVERLAP_S).default(0) })
  .nullish()
  .transform((body) => body ?? { overlap_s: 0 });
export const ShownToken = answer(z.object({ token: z.string() }));

export const OneBotSetting = answer(Setting);
export const BotSettingList = answer(z.array(Setting));
export const SetAvatar = z.object({ avatar: text(AVATAR_LENGTH), avatar_type: AvatarType });

const image = { schema: z.unknown() };
/** The bytes of an image. Whatever was given, it was written anew as PNG. */
export const Picture = { content: { 'image/png': image } };

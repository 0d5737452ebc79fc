import { z } from 'zod';
import { AVATAR_LENGTH, AvatarType, Bot, BotMode, CreateBot, OVERLAP_S } from './bots.ts';
import { answer, cause, text, wholeNumber } from './common.ts';
import { ShownSetting } from './settings.ts';
import { SessionState } from './status.ts';
import { ShownScopes, TokenInUse, WantedScopes } from './token-scopes.ts';
import { SetWebhook } from './webhooks.ts';

/** A bot for the window, the panel and the CLI: whose it is belongs to it. */
export const BotResource = Bot.extend({
  owner: z.string(),
  has_picture: z.boolean().describe('It was given one; else its initials stand for it.'),
  tokens: z.array(TokenInUse).describe('Those that are taken now: the current one, and one it has replaced.'),
  waiting_updates: z.number().describe('Those that nobody has fetched or taken yet.'),
  dropped_updates: z.number().describe('Those that did not fit into the queue since the bot was made.'),
  dead_letters: z.number(),
  webhook: z
    .object({
      url: z.string(),
      state: z.enum(['ok', 'failing']),
      last_error: z.string().nullable(),
      cause,
      failing_since: z.number().nullable(),
      next_try: z.number().nullable(),
      last_success: z.number().nullable(),
    })
    .nullable()
    .describe('Null while its program fetches its updates. Instants are Unix seconds.'),
});
export const BotResources = answer(z.array(BotResource));
export const OneBot = answer(BotResource);
/** With a webhook at once: all of it is made, or nothing. */
export const CreateBotResource = CreateBot.safeExtend({
  description: text(10_000).optional(),
  webhook: SetWebhook.pick({ url: true, allowed_updates: true, secret: true }).optional(),
});
export const NewBot = answer(
  z.object({
    id: z.number(),
    name: z.string(),
    token: z.string(),
    mode: BotMode,
    jid: z.string().optional().describe('Of a dedicated bot: its own address.'),
    api_url: z.string(),
    webhook: z
      .object({ url: z.string(), secret: z.string().describe('What signs.') })
      .optional()
      .describe('Where one was asked for.'),
  }),
);

/** How a dedicated bot stands with its server. */
export const Connection = z.object({
  jid: z.string(),
  state: SessionState,
  reason: z.string().nullable().describe('Why it is not online, in words.'),
  device: z.number().nullable().describe('Its OMEMO device; null before it has one.'),
  published: z.boolean().nullable().describe('Whether others can find that device; null while it is away.'),
  owner_devices: z.number().describe('How many devices of its owner it can write to.'),
  waiting_devices: z.array(z.number()).describe('Those of them whose commands wait for approval.'),
});
export const BotConnection = answer(Connection);

/** Something about a bot's account that is to be done at a server, and could not be done yet. */
export const Errand = z.object({
  jid: z.string(),
  owner: z.string(),
  kind: z
    .enum(['register', 'remove', 'contact'])
    .describe(
      '`register`: it is not known whether the account was made; `remove`: its bot is deleted, and it is to go; `contact`: it is to go from the roster of its owner.',
    ),
  attempts: z.number(),
  reason: z.string().nullable(),
  next_try: z.number().describe('Unix seconds.'),
});
export const Errands = answer(z.array(Errand));

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
  .object({ overlap_s: wholeNumber(0, OVERLAP_S).default(0), scopes: WantedScopes })
  .nullish()
  .transform((body) => body ?? { overlap_s: 0, scopes: undefined });
export const ShownToken = answer(z.object({ token: z.string(), scopes: ShownScopes }));

export const OneBotSetting = answer(ShownSetting);
export const BotSettingList = answer(z.array(ShownSetting));
export const SetAvatar = z.object({ avatar: text(AVATAR_LENGTH), avatar_type: AvatarType });

const image = { schema: z.unknown() };
/** The bytes of an image. Whatever was given, it was written anew as PNG. */
export const Picture = { content: { 'image/png': image } };

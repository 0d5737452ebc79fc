import { z } from 'zod';
import { answer, envelope, text, wholeNumber } from './common.ts';
import { ShownScopes, WantedScopes } from './token-scopes.ts';

export const BotMode = z.enum(['personal', 'dedicated', 'cloud'], {
  error: 'must be "personal", "dedicated" or "cloud"',
});
export const BotStatusWord = z.enum(['active', 'disabled']);
export const BotState = z.enum(['offline', 'connecting', 'online', 'backing_off', 'failed', 'unavailable']);

export const Bot = z
  .object({
    id: z.number(),
    name: z.string(),
    jid: z.string(),
    mode: BotMode,
    status: BotStatusWord,
    description: z.string(),
    created_at: z.number().describe('Unix seconds.'),
    token: z.string().optional().describe('Absent where it may not be shown, empty when revoked.'),
    state: BotState,
    last_active: z.number().nullable(),
  })
  .meta({ id: 'Bot' });
export type Bot = z.infer<typeof Bot>;

/** More than a request can hold: the size of the image itself is what is refused, in words of its own. */
export const AVATAR_LENGTH = 1_200_000;
export const AvatarType = text(100)
  .optional()
  .describe('Its media type; not needed, since the image itself is looked at.');

export const CreateBot = z
  .object({
    name: text(1_000).meta({ description: '1 to 64 characters of any script.', examples: ['Weather'] }),
    account: text(3_100)
      .optional()
      .meta({ description: 'XMPP address of its owner, signed in here.', examples: ['you@server.example'] }),
    owner: text(3_100).optional().describe('Another name of `account`; one of them is needed.'),
    mode: BotMode.default('personal'),
    avatar: text(AVATAR_LENGTH)
      .optional()
      .describe('A PNG, JPEG, GIF, WebP or AVIF image in base64; the square in its middle is shown.'),
    avatar_type: AvatarType,
    scopes: WantedScopes,
  })
  .refine(({ account, owner }) => account !== undefined || owner !== undefined, {
    path: ['account'],
    message: 'is missing',
  })
  .meta({ examples: [{ name: 'Weather', account: 'you@server.example' }] });

export const CreatedBot = envelope(
  z.object({
    id: z.number(),
    name: z.string(),
    token: z.string(),
    mode: BotMode,
    jid: z.string().optional(),
    api_url: z.string(),
    hint: z.string(),
  }),
);

const BotIdNumber = wholeNumber(1, Number.MAX_SAFE_INTEGER);
/** The longest time for which a replaced token is still taken. */
export const OVERLAP_S = 7 * 24 * 60 * 60;

export const BotById = z.object({ id: BotIdNumber });
export const ReplaceToken = z.object({
  id: BotIdNumber,
  overlap_s: wholeNumber(0, OVERLAP_S)
    .default(0)
    .describe('For how many seconds the old token is still taken.'),
  scopes: WantedScopes,
});
export const NewToken = envelope(z.object({ id: z.number(), token: z.string(), scopes: ShownScopes }));
export const RevokedToken = envelope(
  z.object({ id: z.number(), revoked: z.literal(true), status: z.literal('disabled') }),
);
export const ActivateBot = z.object({
  id: BotIdNumber,
  active: z.boolean({
    error: ({ input }) => (input === undefined ? 'is missing' : 'must be true or false'),
  }),
});
export const BotSwitched = envelope(z.object({ id: z.number(), status: BotStatusWord }));
export const DeletedBot = envelope(
  z.object({
    deleted: z.literal(true),
    id: z.number(),
    /** Of a dedicated bot: its XMPP account is gone too. */
    account_removed: z.boolean().optional(),
  }),
);

export const BotFilter = z.object({ account: text(3_100).optional() });
/** Bare, as the guide has it. */
export const BotList = z.object({ bots: z.array(Bot) });
export const Me = envelope(Bot);

export const BotCommand = z.object({ command: z.string(), description: z.string() });
export const BotCommands = answer(z.array(BotCommand));
export const SetCommands = z.object({
  commands: z
    .array(z.object({ command: text(200), description: text(1_000).default('') }), {
      error: ({ input }) => (input === undefined ? 'is missing' : 'must be a list of {command, description}'),
    })
    .meta({
      description: 'They take the place of all that were set before.',
      examples: [[{ command: 'weather', description: 'Weather of a city' }]],
    }),
});
export const BotInfo = envelope(
  z.object({
    bot: Bot,
    commands: z.array(BotCommand),
    /** Connections to its server that it speaks through at the moment. */
    active_sessions: z.number(),
  }),
);
/** Bare, as the guide has it. */
export const Health = z.object({ status: z.literal('ok'), version: z.string(), active_bots: z.number() });

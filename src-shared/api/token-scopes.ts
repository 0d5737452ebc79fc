import { z } from 'zod';

/** What a token may be limited to. A token that nobody limited may all of it. */
export const TOKEN_SCOPES = ['send', 'read', 'ai', 'bridge'] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/** The scopes as they are stored and shown: each once, in the order of the table. */
export const orderedScopes = (scopes: readonly TokenScope[]): TokenScope[] =>
  TOKEN_SCOPES.filter((scope) => scopes.includes(scope));

const words = `must be a list of one or more of ${TOKEN_SCOPES.join(', ')}`;
const Scope = z.enum(TOKEN_SCOPES, { error: words });

/** What a new token may do; all when it is left out. */
export const WantedScopes = z
  .array(Scope, { error: words })
  .min(1, words)
  .max(100, words)
  .transform(orderedScopes)
  .optional()
  .meta({
    description:
      'What the token may do: `send` (messages, files, rooms, commands), `read` (updates, webhook), `ai`, `bridge`. Left out: everything.',
    examples: [['send', 'read']],
  });

/** A token that is taken at the moment; never the token itself. */
export const TokenInUse = z
  .object({
    scopes: z.array(Scope),
    last_used: z.number().nullable().describe('Unix seconds, to the minute; null: never.'),
    ends: z
      .number()
      .nullable()
      .describe('Unix seconds: it was replaced and is taken until then. Null: it is the current one.'),
  })
  .meta({ id: 'TokenInUse' });
export type TokenInUse = z.infer<typeof TokenInUse>;
export const ShownScopes = z
  .array(Scope)
  .optional()
  .describe('What the new token may do, where that is not everything.');

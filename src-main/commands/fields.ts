import { z } from 'zod';
import { botSettings } from '../../src-shared/api/bot-settings.ts';
import { OVERLAP_S } from '../../src-shared/api/bots.ts';
import { orderedScopes, TOKEN_SCOPES, type TokenScope } from '../../src-shared/api/token-scopes.ts';
import type { Field } from './define-command.ts';

const WHOLE_NUMBER = /^[1-9]\d{0,14}$/;
const id = z.string().regex(WHOLE_NUMBER).transform(Number);

/** A bot by its id: a whole number, nothing else. */
export const aBot: Field<number> = {
  label: 'field.bot',
  input: 'choice',
  choices: 'bots',
  takes: 'word',
  schema: id,
};

/** A bot, or none. */
export const maybeABot: Field<number | undefined> = {
  ...aBot,
  isOptional: true,
  schema: z.union([z.literal('').transform(() => undefined), id]),
};

/** A text in one line; it goes to the end of what was typed. */
export const aLine = (label: Field['label']): Field<string> => ({
  label,
  input: 'line',
  takes: 'rest',
  schema: z.string().min(1),
});

/** A text that may have several lines. */
export const someLines = (label: Field['label']): Field<string> => ({ ...aLine(label), input: 'lines' });

/** A word that may be left out. */
export const maybeAWord = (label: Field['label']): Field<string | undefined> => ({
  label,
  input: 'line',
  takes: 'word',
  isOptional: true,
  schema: z.string().transform((word) => word || undefined),
});

const scopes = botSettings.scope.schema.options;

/** What a personal bot reads. */
export const aScope: Field<(typeof scopes)[number]> = {
  label: 'field.scope',
  input: 'choice',
  choices: scopes.map((value) => ({ value, label: `scope.${value}` })),
  takes: 'word',
  schema: z.string().toLowerCase().pipe(z.enum(scopes)),
};

const SCOPES = z.union([
  z.enum(['', 'all', 'alle', 'alles']).transform(() => undefined),
  z
    .string()
    .transform((word) => word.split(','))
    .pipe(z.array(z.enum(TOKEN_SCOPES)))
    .transform(orderedScopes),
]);

/** What a token may do: `all`, or some scopes separated by commas; undefined when left out. */
export const maybeTokenScopes: Field<TokenScope[] | undefined> = {
  label: 'field.token-scopes',
  input: 'line',
  takes: 'word',
  isOptional: true,
  schema: z
    .string()
    .transform((text) => text.toLowerCase().replace(/[\s,]+/g, ','))
    .pipe(SCOPES),
};

const SECONDS = { s: 1, m: 60, h: 60 * 60, d: 24 * 60 * 60 };

/** For how long an old token is still taken, in seconds: `90s`, `30m`, `12h` or `7d`. */
export const maybeOverlap: Field<number> = {
  label: 'field.overlap',
  input: 'line',
  takes: 'word',
  isOptional: true,
  schema: z.union([
    z.literal('').transform(() => 0),
    z
      .string()
      .regex(/^\d{1,6}[smhd]$/i)
      // The expression above lets one of the four units through.
      .transform((word) => Number.parseInt(word, 10) * SECONDS[word.at(-1)?.toLowerCase() as 's'])
      .refine((seconds) => seconds <= OVERLAP_S),
  ]),
};

const YES = ['yes', 'ja', '1', 'true'];
export const isYes = (word: string): boolean => YES.includes(word.toLowerCase());

/** Says yes to what the command asks; anything else is no. */
export const confirmed: Field<boolean> = {
  label: 'field.confirm',
  input: 'confirmation',
  takes: 'word',
  isOptional: true,
  schema: z.string().transform(isYes),
};

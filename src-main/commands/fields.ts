import { z } from 'zod';
import { botSettings } from '../../src-shared/api/bot-settings.ts';
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

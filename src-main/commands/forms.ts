import type { Translate } from '../../src-shared/text/translate.ts';
import type { AskField, AskForm } from '../gateways/xmpp/data-form.ts';
import type { FormValues } from '../gateways/xmpp/xep-0050-ad-hoc.ts';
import type { Bot } from '../store/bot-repository.ts';
import type { Field, Fields } from './define-command.ts';

export type Words = Readonly<Record<string, string>>;

const INPUTS = {
  line: 'text-single',
  lines: 'text-multi',
  choice: 'list-single',
  confirmation: 'boolean',
} as const satisfies Record<Field['input'], AskField['type']>;

/** What the first form asks for, and what a question is answered with. */
export function stagesOf(fields: Fields): { first: Fields; confirmation: Fields } {
  const entries = Object.entries(fields);
  const isConfirmation = ([, { input }]: [string, Field]) => input === 'confirmation';
  return {
    first: Object.fromEntries(entries.filter((entry) => !isConfirmation(entry))),
    confirmation: Object.fromEntries(entries.filter(isConfirmation)),
  };
}

/** Whether a form of these fields cannot be filled in without a bot. */
export const needsABot = (fields: Fields): boolean =>
  Object.values(fields).some(({ choices, isOptional }) => choices === 'bots' && !isOptional);

/** A form that asks for the fields; what was answered before stands in it. */
export function formOf(
  fields: Fields,
  {
    title,
    instructions,
    words,
    bots,
    t,
  }: { title: string; instructions: string; words: Words; bots: readonly Bot[]; t: Translate },
): AskForm {
  const optionsOf = ({ choices }: Field) =>
    choices === 'bots'
      ? bots.map(({ id, name }) => ({ value: String(id), label: `[${id}] ${name}` }))
      : choices?.map(({ value, label }) => ({ value, label: `${value} - ${t(label)}` }));
  const asked = Object.entries(fields).map(([name, field]) => ({
    name,
    type: INPUTS[field.input],
    label: t(field.label),
    isRequired: !field.isOptional,
    value: words[name],
    options: optionsOf(field),
  }));
  return { title, instructions, fields: asked };
}

/** The answers to these fields, as a chat line would have them. */
export const wordsIn = (fields: Fields, values: FormValues): Words =>
  Object.fromEntries(Object.keys(fields).map((name) => [name, (values.get(name) ?? []).join('\n')]));

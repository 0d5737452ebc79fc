import type { ArgsOf, Fields } from './define-command.ts';

/** `/name rest`: the name in lower case, the rest trimmed. Undefined for a text that is no slash command. */
export function parseCommand(text: string): { name: string; rest: string } | undefined {
  const [, name, rest] = /^\/(\S+)\s*([\s\S]*)$/.exec(text) ?? [];
  return name === undefined ? undefined : { name: name.toLowerCase(), rest: (rest ?? '').trim() };
}

/** Gives each field its words of a chat line; undefined when words are left over that no field takes. */
export function wordsOf(fields: Fields, rest: string): Record<string, string> | undefined {
  const words: Record<string, string> = {};
  let left = rest;
  for (const [name, { takes }] of Object.entries(fields)) {
    if (takes === 'nothing') {
      words[name] = '';
      continue;
    }
    const [, taken = '', after = ''] = (takes === 'rest' ? undefined : /^(\S*)\s*([\s\S]*)$/.exec(left)) ?? [
      '',
      left,
    ];
    words[name] = taken;
    left = after;
  }
  return left === '' || Object.keys(fields).length === 0 ? words : undefined;
}

/** The arguments of a command; undefined when one is missing or is not what it should be. */
export function readArgs<F extends Fields>(
  fields: F,
  words: Readonly<Record<string, string>>,
): ArgsOf<F> | undefined {
  const args: Record<string, unknown> = {};
  for (const [name, { schema }] of Object.entries(fields)) {
    const read = schema.safeParse((words[name] ?? '').trim());
    if (!read.success) return undefined;
    args[name] = read.data;
  }
  // One value per field, each read by the field's own schema.
  return args as ArgsOf<F>;
}

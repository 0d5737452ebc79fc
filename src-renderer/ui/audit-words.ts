import type { Text } from '../text/use-text.ts';

/** What the words of an audit row's code are; none of a code that this window does not know, of a newer engine. */
export function auditWords(text: Text['settings']['audit'], code: string): string | undefined {
  const tables: readonly Readonly<Record<string, string>>[] = [text.changes, text.refusals];
  const table = tables.find((one) => Object.hasOwn(one, code));
  if (table) return table[code];
  const [, edge, name] = /^(command|menu)\.(.+)$/.exec(code) ?? [];
  return name === undefined ? undefined : text[edge as 'command' | 'menu'](name);
}

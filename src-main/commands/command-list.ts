import type { BotCommand } from '../store/bot-command-repository.ts';

/** What stands for "none": takes all commands away. */
export const NONE = '-';

/**
 * Reads `/setcommands`: one command per line, or all in one line, split at the commas before a slash. So a description
 * may hold commas. The slash may be missing; a dash between name and description, too.
 */
export function readCommandList(text: string): BotCommand[] {
  if (text.trim() === NONE) return [];
  const lines = nonEmpty(text.split('\n'));
  const entries = lines.length > 1 ? lines : nonEmpty((lines[0] ?? '').split(/,\s*(?=\/)/));
  return entries.map(readEntry);
}

function readEntry(entry: string): BotCommand {
  const [, command = '', rest = ''] = /^(\S+)\s*(.*)$/.exec(entry) ?? [];
  return { command, description: rest.replace(/^[-–—](\s+|$)/, '').trim() };
}

const nonEmpty = (texts: readonly string[]): string[] =>
  texts.map((text) => text.trim().replace(/\s*,$/, '')).filter((text) => text !== '');

import { z } from 'zod';

/** `/name rest`: the name in lower case, the rest trimmed. Undefined for a text that is no slash command. */
export function parseCommand(text: string): { name: string; rest: string } | undefined {
  const [, name, rest] = /^\/(\S+)\s*([\s\S]*)$/.exec(text) ?? [];
  return name === undefined ? undefined : { name: name.toLowerCase(), rest: (rest ?? '').trim() };
}

/** Arguments that commands share. */
export const noArgs = z.string().transform(() => undefined);
export const someText = z.string().min(1);
export const botId = z
  .string()
  .regex(/^[1-9]\d{0,15}$/)
  .transform(Number);

import { z } from 'zod';
import type { MessageEntity, TelegramText } from '../telegram-api.ts';

const Entity = z.looseObject({
  type: z.string(),
  offset: z.number().int().nonnegative(),
  length: z.number().int().positive(),
});

/** A text with what of its entities lies inside it. Those of kinds that come later are kept: they style nothing. */
export function readText(text: unknown, entities: unknown): TelegramText {
  if (typeof text !== 'string') return { text: '', entities: [] };
  const all = Array.isArray(entities) ? entities : [];
  const inside = all.filter((one) => {
    const { data } = Entity.safeParse(one);
    return data !== undefined && data.offset + data.length <= text.length;
  });
  // Whoever reads them looks at `type` first, and at members of that type with care.
  return { text, entities: inside as MessageEntity[] };
}

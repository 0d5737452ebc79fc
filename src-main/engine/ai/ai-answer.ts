import type { Translate } from '../../../src-shared/text/translate.ts';
import type { ChatAnswer } from '../../gateways/ai/provider.ts';
import { markdownBlocks, type TextBlock } from './text/markdown.ts';
import { splitBlocks } from './text/split-blocks.ts';

/** A message of a chat, in UTF-16 units: far below what XMPP carries (65 536 bytes), also encrypted for many devices. */
export const PART_LENGTH = 8_000;
/** More than that is no answer but a flood. */
const PARTS_LIMIT = 32;
const SOURCES_LIMIT = 20;
const SOURCE_LENGTH = 500;

const asLines = (lines: readonly string[]): TextBlock => ({ kind: 'lines', lines, isApart: true });

/** The addresses that an answer rests on, as far as they are ones. */
export function sourcesOf({ sources }: Pick<ChatAnswer, 'sources'>): string[] {
  const addresses = sources.filter((one) => /^https?:\/\/[^\s<>]+$/.test(one) && one.length <= SOURCE_LENGTH);
  return [...new Set(addresses)].slice(0, SOURCES_LIMIT);
}

/** An answer as the messages of a chat: styled as XEP-0393 has it, with its sources, and with a line where it was cut. */
export function partsOf(
  answer: Pick<ChatAnswer, 'text' | 'sources' | 'finish'>,
  t: Translate,
): { parts: string[] } {
  const sources = sourcesOf(answer);
  const blocks = [
    ...markdownBlocks(answer.text),
    ...(answer.finish === 'length' ? [asLines([t('ai.cut')])] : []),
    ...(sources.length > 0
      ? [asLines([t('ai.sources'), ...sources.map((one, at) => `${at + 1}. ${one}`)])]
      : []),
  ];
  const parts = splitBlocks(blocks, PART_LENGTH);
  if (parts.length <= PARTS_LIMIT) return { parts };
  return { parts: [...parts.slice(0, PARTS_LIMIT), t('ai.too-much')] };
}

/** What a model thought, as one message: its beginning, where it is long. */
export function thoughtsOf(reasoning: string): string | undefined {
  const parts = splitBlocks(markdownBlocks(reasoning), PART_LENGTH - 2);
  return parts.length > 1 ? `${parts[0]}\n…` : parts[0];
}

/** The beginning of an answer that is still being written. */
export function beginningOf(text: string): string | undefined {
  const [first] = splitBlocks(markdownBlocks(text), PART_LENGTH - 2);
  return first === undefined ? undefined : `${first}\n…`;
}

import type { ChatRequest } from './chat.ts';
import { ProviderError } from './provider-error.ts';
import { spokenText } from './spoken-text.ts';
import { type Thoughts, thinkTags } from './think-tags.ts';

/** A thought whose beginning the provider swallowed: some templates begin it on the model's behalf. It ends a line. */
const UNOPENED = /^([\s\S]*?)<\/think>[ \t]*(?:\n\s*|$)/;

/** A token is a few letters, so what is much longer does not keep to the limit it was given, or has no end. */
const LETTERS_PER_TOKEN = 20;
const ANY_ANSWER = 50_000;

/**
 * Puts an answer together from its pieces: readable characters only, thoughts apart, no white space around it. `onText`
 * gets the same text in pieces; only an unopened thought, which cannot be known before it ends, is in them too.
 */
export function answerText({ maxOutputTokens, onText }: Pick<ChatRequest, 'maxOutputTokens' | 'onText'>) {
  const most = Math.max(ANY_ANSWER, maxOutputTokens * LETTERS_PER_TOKEN);
  const spoken = spokenText();
  const thought = spokenText();
  const tags = thinkTags();
  let text = '';
  let reasoning = '';
  /** White space that is shown only if something follows. */
  let gap = '';

  function check(more: number): void {
    if (text.length + gap.length + reasoning.length + more > most)
      throw new ProviderError('garbage', 'the answer is far longer than it may be');
  }
  function think(more: string): void {
    check(more.length);
    reasoning += more;
  }
  function add(part: Thoughts): void {
    check(part.text.length);
    think(part.reasoning);
    const kept = part.text.trimEnd();
    const piece = text === '' ? kept.trimStart() : gap + kept;
    if (kept === '') {
      if (text !== '') gap += part.text;
      return;
    }
    gap = part.text.slice(kept.length);
    text += piece;
    onText?.(piece);
  }

  return {
    text: (piece: string) => add(tags.next(spoken.next(piece))),
    reasoning: (piece: string) => think(thought.next(piece)),
    /** The whole of it. */
    end(): Thoughts {
      add(tags.next(spoken.end()));
      add(tags.end());
      const unopened = reasoning === '' ? UNOPENED.exec(text) : null;
      if (unopened) return { text: text.slice(unopened[0].length), reasoning: unopened[1]?.trim() ?? '' };
      return { text, reasoning: (reasoning + thought.end()).trim() };
    },
  };
}

import type { ChatAnswer } from './chat.ts';
import { ProviderError } from './provider-error.ts';
import type { Thoughts } from './think-tags.ts';

export type AnswerEnd = Omit<ChatAnswer, 'text' | 'reasoning'>;

/** An answer that has come whole; one without text is none. */
export function finished({ text, reasoning }: Thoughts, end: AnswerEnd): ChatAnswer {
  if (text !== '') return { text, reasoning, ...end };
  const details = {
    requestId: end.requestId || undefined,
    tokens: { input: end.inputTokens, output: end.outputTokens },
  };
  if (end.finish === 'filtered')
    throw new ProviderError('filtered', "the provider's filters kept the answer back", details);
  const why =
    end.finish === 'length'
      ? 'the model used up its tokens before it said anything'
      : 'the model answered without a word';
  throw new ProviderError('empty', why, details);
}

/** An answer that ended without saying that it is over: cut off, or never one. */
export const brokeOff = (hasBegun: boolean): ProviderError =>
  hasBegun
    ? new ProviderError('unreachable', 'the answer broke off')
    : new ProviderError(
        'garbage',
        'nothing at this address speaks the language of this provider: check the base URL',
      );

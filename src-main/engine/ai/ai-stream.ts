import type { MessageId } from '../../../src-shared/ids.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { Scope } from '../../base/scope.ts';
import type { AiQuestion, AiQuestionRepository } from '../../store/ai-question-repository.ts';
import type { Store } from '../../store/open.ts';
import { beginningOf } from './ai-answer.ts';
import type { AiTelling, Speaking } from './ai-telling.ts';
import { cleaned } from './text/clean-text.ts';

interface AiStreamDeps {
  store: Store;
  questions: AiQuestionRepository;
  telling: AiTelling;
  clock: Clock;
  logger: Logger;
}

/** The first words come soon; then one correction in that time (XEP-0308), however fast the model writes. */
const FIRST_MS = 1_000;
const EVERY_MS = 3_000;

/**
 * Shows an answer while it is written: as one message that is corrected as it grows. Which one is stored with the question,
 * so that after a crash the same message is corrected, and no second one says it again.
 */
export function aiStream(
  question: AiQuestion,
  speaking: Speaking,
  { store, questions, telling, clock, logger }: AiStreamDeps,
) {
  const scope = new Scope();
  let text = '';
  let shownText: string | undefined;
  let shown = question.details.shown;
  let isPlanned = false;
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    const beginning = beginningOf(cleaned(text));
    if (beginning === undefined || beginning === shownText || scope.isClosed) return;
    const id = await store.write(async (tx): Promise<MessageId | undefined> => {
      // It was answered or stopped meanwhile.
      if (!(await questions.find(question.id, tx))) return undefined;
      const how = shown === undefined ? { isFirst: true } : { isFirst: true, corrects: shown };
      const sent = await telling.put(tx, speaking, beginning, how);
      if (shown === undefined && sent !== undefined)
        await questions.setDetails(tx, question.id, { ...question.details, shown: sent });
      return sent;
    });
    shownText = beginning;
    shown ??= id;
  }

  function plan(delayMs: number): void {
    if (isPlanned || scope.isClosed) return;
    isPlanned = true;
    clock.after(scope, delayMs, () => {
      writing = write()
        .catch((error: unknown) =>
          logger.warn({ err: error }, 'an answer could not be shown while it is written'),
        )
        .finally(() => {
          isPlanned = false;
          if (text !== '') plan(EVERY_MS);
        });
    });
  }

  return {
    /** What was written when it was ended: it is shown as it stands. */
    get soFar(): string {
      return cleaned(text).trim();
    },
    add(piece: string): void {
      text += piece;
      plan(shown === undefined ? FIRST_MS : EVERY_MS);
    },
    /** Nothing more is shown. Resolves with the message that is to be corrected for the last time, if there is one. */
    async end(): Promise<MessageId | undefined> {
      await scope.close();
      await writing;
      return shown;
    },
  };
}
export type AiStream = ReturnType<typeof aiStream>;

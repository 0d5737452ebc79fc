import { OmemoTrouble } from '../ratchet-backend.ts';

/**
 * What the library's failure means to us. It tells failures apart by name and text only; what has neither is a message
 * that it could not take: a point of low order, a padding that is none.
 */
export function troubleOf(error: unknown): OmemoTrouble {
  if (error instanceof OmemoTrouble) return error;
  if (error instanceof Error && error.name === 'MessageCounterError') {
    return new OmemoTrouble('duplicate', 'The message was decrypted before.');
  }
  if (error instanceof Error && error.message === 'Bad MAC') {
    return new OmemoTrouble('bad-mac', 'The message does not pass its check.');
  }
  return Object.assign(new OmemoTrouble('malformed', 'The message cannot be taken.'), { cause: error });
}

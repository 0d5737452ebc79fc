import type { DomainError } from '../../src-shared/errors.ts';

/** A refusal as a chat line. The catalogue's words are meant for people already. */
export const describeError = (error: DomainError): string => error.message;

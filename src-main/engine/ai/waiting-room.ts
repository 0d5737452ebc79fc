import { type DomainError, refuse } from '../../../src-shared/errors.ts';

/** Questions that wait or are being answered. */
export interface Waiting {
  ofPerson: number;
  ofBot: number;
  all: number;
}

/** Beside the one that is being answered. */
const PER_PERSON = 5;
/** Who comes after that many would wait longer than anybody does. */
const PER_BOT = 200;
const IN_ALL = 1_000;
/** Each bot may have so many, however full it is with those of others. */
const SURE_PER_BOT = 10;
const CROWDED_S = 60;

/** What somebody is told for whom there is no room, or whose turn never came. */
export const crowded = (): DomainError => refuse('ai.crowded', { seconds: CROWDED_S }, CROWDED_S);

/** Why no further question is taken; undefined: there is room. What waits is bounded, and nobody can fill it up for others. */
export function noRoom({ ofPerson, ofBot, all }: Waiting): DomainError | undefined {
  if (ofPerson > PER_PERSON) return refuse('ai.busy', { count: PER_PERSON });
  if (ofBot >= PER_BOT || (all >= IN_ALL && ofBot >= SURE_PER_BOT)) return crowded();
  return undefined;
}

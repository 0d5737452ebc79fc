import { StanzaError } from '../xmpp/session.ts';

/**
 * What was read from another account, or undefined where it is hidden. Prosody answers strangers `forbidden` also for a
 * node that is not there, so the two cannot be told apart. For the own account this would be an error.
 */
export async function unlessHidden<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof StanzaError && error.condition === 'forbidden') return undefined;
    throw error;
  }
}

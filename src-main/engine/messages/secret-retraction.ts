import { DomainError } from '../../../src-shared/errors.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { Logger } from '../../base/logger.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Tx } from '../../store/open.ts';
import { composeRetraction, type RetractionFallback } from './compose.ts';
import type { Post } from './post.ts';
import type { IncomingMessage } from './read-message.ts';

interface SecretRetractionDeps {
  /** The account whose message it was, where it is signed in here. */
  writer: () => Account | undefined;
  /** Where it was written. */
  chat: BareJid;
  post: Pick<Post, 'prepare' | 'put'>;
  fallbackText: RetractionFallback;
  logger: Logger;
}

/**
 * Takes messages back in which somebody typed a secret, in their own name (XEP-0424: nobody else may). Archives and apps may
 * honour that or not; where it cannot be said at all, everything else goes on.
 */
export function secretRetraction({ writer, chat, post, fallbackText, logger }: SecretRetractionDeps) {
  return {
    /** To be awaited before the unit; resolves with what is to be done in it. */
    async prepare({ stanzaId }: Pick<IncomingMessage, 'stanzaId'>): Promise<(tx: Tx) => Promise<void>> {
      const account = writer();
      if (!account || stanzaId === '') return async () => undefined;
      await post.prepare(account, chat);
      const composed = composeRetraction(chat, stanzaId, await fallbackText(account));
      return async (tx) => {
        try {
          await post.put(tx, { account, botId: null }, composed);
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          logger.info({ account: account.jid, reason: error.code }, 'a secret could not be taken back');
        }
      };
    },
  };
}
export type SecretRetraction = ReturnType<typeof secretRetraction>;

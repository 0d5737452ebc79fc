import { silentLogger } from '../../src-main/base/logger.ts';
import type { Engine } from '../../src-main/engine/engine.ts';
import type { InboundDeps } from '../../src-main/engine/messages/inbound-roles.ts';
import { secretRetraction } from '../../src-main/engine/messages/secret-retraction.ts';
import type { Account } from '../../src-main/store/account-repository.ts';

/** A person's chat with itself, on an account without a device of its own: nothing is encrypted there. */
export const ownChat = (
  account: Account,
  { post }: Pick<Engine, 'post'>,
): Pick<InboundDeps, 'chat' | 'secrets' | 'takeBack'> => ({
  takeBack: secretRetraction({
    writer: () => account,
    chat: account.jid,
    post,
    fallbackText: async () => 'deleted',
    logger: silentLogger,
  }),
  chat: { partner: account.jid, isPartnerOnly: false, takesPlain: () => true },
  secrets: new Proxy({} as InboundDeps['secrets'], {
    get: (_, name) => async () => {
      if (['notePlain', 'noteEncrypted', 'settleWaiting'].includes(String(name))) return;
      throw new Error(`nothing is encrypted here: ${String(name)}`);
    },
  }),
});

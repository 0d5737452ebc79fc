import type { InboundDeps } from '../../src-main/engine/messages/inbound-roles.ts';
import type { Account } from '../../src-main/store/account-repository.ts';

/** A person's chat with itself, on an account without a device of its own: nothing is encrypted there. */
export const ownChat = ({ jid }: Account): Pick<InboundDeps, 'chat' | 'secrets'> => ({
  chat: { partner: jid, isPartnerOnly: false, takesPlain: () => true },
  secrets: new Proxy({} as InboundDeps['secrets'], {
    get: (_, name) => async () => {
      if (['notePlain', 'noteEncrypted', 'settleWaiting'].includes(String(name))) return;
      throw new Error(`nothing is encrypted here: ${String(name)}`);
    },
  }),
});

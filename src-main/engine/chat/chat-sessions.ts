import type { DomainError } from '../../../src-shared/errors.ts';
import type { AccountId } from '../../../src-shared/ids.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { Session } from '../../gateways/xmpp/session.ts';
import type { Account } from '../../store/account-repository.ts';
import type { InboundPipeline } from '../messages/inbound-pipeline.ts';

interface ChatSessionsDeps {
  sessions: {
    of(jid: BareJid): Session | undefined;
    accountOf(jid: BareJid): Account | undefined;
  };
  offline: (jid: BareJid) => Promise<DomainError>;
}

/** The accounts that have a session, online or about to be. */
export function chatSessions({ sessions, offline }: ChatSessionsDeps) {
  const pipelines = new Map<AccountId, InboundPipeline>();
  return {
    /** From now on what is typed in the window is taken by that pipeline. Returns the function that ends it. */
    add({ id }: Account, pipeline: InboundPipeline): () => void {
      pipelines.set(id, pipeline);
      return () => void (pipelines.get(id) === pipeline && pipelines.delete(id));
    },
    pipelineOf: ({ id }: Account): InboundPipeline | undefined => pipelines.get(id),
    /** Refuses an account that is switched off: what is written there would wait for nobody knows how long. */
    async accountOf(jid: BareJid): Promise<Account> {
      const account = sessions.accountOf(jid);
      if (!account) throw await offline(jid);
      return account;
    },
    /** Refuses an account that is not online. */
    async online(jid: BareJid): Promise<Session> {
      const session = sessions.of(jid);
      if (session?.state !== 'online') throw await offline(jid);
      return session;
    },
    /** Undefined unless it is online. */
    of(jid: BareJid): Session | undefined {
      const session = sessions.of(jid);
      return session?.state === 'online' ? session : undefined;
    },
  };
}
export type ChatSessions = ReturnType<typeof chatSessions>;

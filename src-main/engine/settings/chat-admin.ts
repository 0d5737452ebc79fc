import { refuse } from '../../../src-shared/errors.ts';
import type { Account } from '../../store/account-repository.ts';
import type { SettingService } from './setting-service.ts';

interface Request {
  /** The account in whose chat it was asked. */
  chat: Pick<Account, 'hasOmemo'>;
  /** Who asked, where that account is signed in here. */
  person: Pick<Account, 'isOperator'> | undefined;
  /** It came encrypted, from a device that is trusted. */
  isEncrypted: boolean;
}

/** Refuses who may not see or change the server from a chat (contract, section 6). */
export function chatAdmin({ settings }: { settings: Pick<SettingService, 'getFor'> }) {
  return ({ chat, person, isEncrypted }: Request): void => {
    if (!person?.isOperator) throw refuse('server.operator-only', {});
    // Whoever runs the XMPP server can write in the operator's name, but not from one of the operator's devices.
    const from = settings.getFor('chat_admin', chat);
    if (from === 'off') throw refuse('server.not-in-chat', {});
    if (from === 'encrypted' && !isEncrypted) throw refuse('server.encrypted-only', {});
  };
}
export type ChatAdmin = ReturnType<typeof chatAdmin>;

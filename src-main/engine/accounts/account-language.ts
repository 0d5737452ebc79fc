import type { Language } from '../../../src-shared/text/translate.ts';
import type { Account, AccountRepository } from '../../store/account-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { SettingService } from '../settings/setting-service.ts';

interface AccountLanguageDeps {
  accounts: Pick<AccountRepository, 'ofPerson'>;
  /** The bot whose own account it is. */
  botOf: (account: Account, tx?: Tx) => Promise<Bot | undefined>;
  settings: Pick<SettingService, 'get'>;
}

/** Of what is said in an account's chat, as it is set now: a bot speaks its owner's language. */
export function accountLanguage({ accounts, botOf, settings }: AccountLanguageDeps) {
  return async (account: Account, tx?: Tx): Promise<Language> => {
    const bot = await botOf(account, tx);
    const person = await accounts.ofPerson(bot?.owner ?? account.jid, tx);
    return person?.language ?? settings.get('language');
  };
}

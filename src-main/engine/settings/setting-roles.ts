import type { Caller } from '../../../src-shared/access.ts';
import type { SettingRole } from '../../../src-shared/api/settings.ts';
import { refuse } from '../../../src-shared/errors.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';

/** A program of a bot, as the audit log calls it; a person is called by address, whoever manages Botmother `admin`. */
const PROGRAM = /^bot \d+$/;
const PERSON = /@/;

/**
 * Holds the column "who may" of the tables of settings, whichever entrance a change comes through: the operator may
 * everything, the owner of a bot what concerns that bot, a bot's program nothing.
 */
export function checkRole(
  role: SettingRole,
  { actor }: Caller,
  { operator, bot }: { operator: Pick<Account, 'jid'> | undefined; bot?: Pick<Bot, 'id' | 'owner'> },
): void {
  const isLimited = PROGRAM.test(actor) || PERSON.test(actor);
  if (!isLimited || actor === operator?.jid) return;
  if (role === 'owner' && bot) {
    if (actor === bot.owner) return;
    // A foreign bot is "not found": whose it is stays private.
    if (PERSON.test(actor)) throw refuse('bot.not-found', { id: bot.id });
  }
  throw refuse('server.operator-only', {});
}

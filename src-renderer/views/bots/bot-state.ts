import type { GetAccountsAnswer } from '../../../src-shared/client/window.ts';
import type { Bot } from '../../queries/bots.ts';
import type { Text } from '../../text/use-text.ts';
import { accountDot, type DotState } from '../../ui/dot-state.ts';

/** How a bot is at this moment, in a shape and in words. */
export interface BotState {
  dot: DotState;
  words: string;
  /** Somebody has to do something about it. */
  needsPerson: boolean;
}

interface Around {
  accounts: GetAccountsAnswer;
  areBotsOn: boolean;
}

/** Being active is not enough: the bots, its account and its session must be well too. */
export function botState(
  { status, mode, owner, state, webhook }: Pick<Bot, 'status' | 'mode' | 'owner' | 'state' | 'webhook'>,
  { accounts, areBotsOn }: Around,
  { bots, common }: Pick<Text, 'bots' | 'common'>,
): BotState {
  const off = (words: string): BotState => ({ dot: 'off', words, needsPerson: false });
  if (mode === 'cloud') return off(common.states.unavailable);
  if (status === 'disabled') return off(common.states.disabled);
  if (!areBotsOn) return off(bots.states.botsOff);
  const account = accounts.find(({ jid }) => jid === owner);
  if (account?.enabled === false) return off(bots.states.accountOff);
  const isFailing = webhook?.state === 'failing';
  const running = (words: string): BotState =>
    isFailing
      ? { dot: 'waiting', words: `${words}, ${bots.states.webhookFails}`, needsPerson: true }
      : { dot: 'on', words, needsPerson: false };
  if (mode === 'dedicated' && state === 'online') return running(common.states.online);
  if (mode === 'dedicated' && state !== 'unavailable')
    return { dot: accountDot(state), words: common.states[state], needsPerson: state === 'failed' };
  if (account?.state === 'online') return running(common.states.active);
  return { dot: 'waiting', words: bots.states.waits, needsPerson: account?.state === 'failed' };
}

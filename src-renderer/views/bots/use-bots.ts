import { useQuery } from '@tanstack/react-query';
import { accountsQuery } from '../../queries/accounts.ts';
import { type Bot, botsQuery } from '../../queries/bots.ts';
import { useSetting } from '../../queries/settings.ts';
import { useText } from '../../text/use-text.ts';
import { type BotState, botState } from './bot-state.ts';

export interface BotRow {
  bot: Bot;
  state: BotState;
}

/** Every bot with how it is; what stands in the way where there is no answer. */
export function useBots() {
  const text = useText();
  const query = useQuery(botsQuery);
  const { data: accounts = [] } = useQuery(accountsQuery);
  const areBotsOn = useSetting('bot_features_enabled');
  const stateOf = (bot: Bot) => botState(bot, { accounts, areBotsOn }, text);
  return { query, accounts, stateOf };
}

/** Whether a bot has that in its name or its addresses, or is the one of that number. */
export const matches = ({ name, jid, owner, id }: Bot, wanted: string): boolean => {
  const words = wanted.trim().toLocaleLowerCase();
  return (
    words === '' ||
    String(id) === words ||
    [name, jid, owner].some((it) => it.toLocaleLowerCase().includes(words))
  );
};

import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { HealthFinding } from '../../../src-shared/client/types.ts';
import { changeAccount, changeBot, setSetting } from '../../../src-shared/client/window.ts';
import { engine } from '../../client.ts';
import { paths } from '../../places.ts';
import { useText } from '../../text/use-text.ts';
import { toast } from '../../ui/toasts.tsx';

type Fix = () => Promise<void>;

/** What the button of a finding does; undefined where there is nothing to do here. */
export function useFix({ fix, account, bot_id }: HealthFinding): Fix | undefined {
  const text = useText().health.done;
  const client = useQueryClient();
  const [, go] = useLocation();
  const lead =
    (path: string): Fix =>
    async () =>
      go(path);
  const act =
    (run: () => Promise<unknown>, done: string): Fix =>
    async () => {
      await run();
      toast(done);
      await client.invalidateQueries();
    };
  if (!fix?.action) return undefined;
  switch (fix.action) {
    case 'sign-in':
      return lead(paths.welcome);
    case 'account':
      return lead(account === null ? paths.settings('accounts') : paths.signIn(account));
    case 'switch-on-account':
      if (account === null) return lead(paths.settings('accounts'));
      return act(() => changeAccount(engine, { jid: account, enabled: true }), text.account(account));
    case 'choose-operator':
      return lead(paths.settings('accounts'));
    case 'switch-on-bots':
      return act(() => setSetting(engine, { key: 'bot_features_enabled', value: true }), text.bots);
    case 'api-settings':
      return lead(paths.settings('api'));
    case 'server-settings':
      return lead(paths.settings('server'));
    case 'restart-bot':
      if (bot_id === null) return lead(paths.bots);
      return act(
        async () => {
          await changeBot(engine, { id: bot_id, active: false });
          await changeBot(engine, { id: bot_id, active: true });
        },
        text.bot(`Bot ${bot_id}`),
      );
    case 'bot-devices':
      return lead(bot_id === null ? paths.bots : paths.bot(bot_id, 'devices'));
    case 'bot-webhook':
      return lead(bot_id === null ? paths.bots : paths.bot(bot_id, 'webhook'));
    case 'bot-telegram':
      return lead(bot_id === null ? paths.bots : paths.bot(bot_id, 'telegram'));
    case 'bot-ai':
      return lead(bot_id === null ? paths.bots : paths.bot(bot_id, 'ai'));
  }
}

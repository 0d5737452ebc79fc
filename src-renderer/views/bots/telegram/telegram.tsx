import { useQuery } from '@tanstack/react-query';
import { botTelegramQuery } from '../../../queries/bot-telegram.ts';
import type { Bot } from '../../../queries/bots.ts';
import { useText } from '../../../text/use-text.ts';
import { Answered } from '../../../ui/answered.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { TelegramIcon } from '../../../ui/icons.tsx';
import { Bridge } from './bridge.tsx';
import { SetUp } from './set-up.tsx';
import { TelegramSkeleton } from './telegram-skeleton.tsx';
import { useTries } from './use-tries.ts';

/** The Telegram bridge of a bot: the way to it, or how it goes. */
export function Telegram({ bot }: { bot: Bot }) {
  const { telegram: text } = useText().bots;
  const query = useQuery({ ...botTelegramQuery(bot.id), enabled: bot.mode !== 'cloud' });
  const tries = useTries(bot.id);
  if (bot.mode === 'cloud')
    return (
      <Empty icon={<TelegramIcon size={24} />} title={text.cloudTitle}>
        {text.cloudBody}
      </Empty>
    );
  return (
    <Answered query={query} skeleton={<TelegramSkeleton />}>
      {(telegram) =>
        telegram.configured ? (
          <Bridge bot={bot} telegram={telegram} tries={tries} />
        ) : (
          <SetUp bot={bot} telegram={telegram} tries={tries} />
        )
      }
    </Answered>
  );
}

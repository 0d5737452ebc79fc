import { Button, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { BotTelegram } from '../../../../src-shared/api/telegram.ts';
import { removeBotTelegram } from '../../../../src-shared/client/window.ts';
import { engine } from '../../../client.ts';
import { botTelegramQuery } from '../../../queries/bot-telegram.ts';
import type { Bot } from '../../../queries/bots.ts';
import { useText } from '../../../text/use-text.ts';
import { confirmHarm } from '../../../ui/confirm.tsx';
import { toast } from '../../../ui/toasts.tsx';
import detail from '../detail/bot-detail.module.css';
import { botName, chatTitle } from './names.ts';

interface ForgetProps {
  bot: Bot;
  telegram: BotTelegram;
  onForgotten: () => void;
}

/** Takes the bridge away, with a question. */
export function Forget({ bot: { id, name }, telegram, onForgotten }: ForgetProps) {
  const { forget: text, token } = useText().bots.telegram;
  const client = useQueryClient();
  const { chat, username, waiting } = telegram;
  const forget = () =>
    confirmHarm({
      title: text.title(name),
      body: text.body,
      gone: [
        text.gone.token(botName(username, token)),
        ...(chat === null ? [] : [text.gone.chat(chatTitle(chat))]),
        ...(waiting > 0 ? [text.gone.waiting(waiting)] : []),
      ],
      action: text.verb,
      async run() {
        await removeBotTelegram(engine, { id });
        onForgotten();
        await client.invalidateQueries({ queryKey: botTelegramQuery(id).queryKey });
        toast(text.done(name));
      },
    });
  return (
    <section aria-labelledby="telegram-forget" className={detail.danger}>
      <Title id="telegram-forget" order={2}>
        {text.section}
      </Title>
      <div>
        <div className={detail.harm}>
          <div>
            <strong>{text.subject}</strong>
            <p>{text.help}</p>
          </div>
          <Button color="red" onClick={forget} variant="outline">
            {text.action}
          </Button>
        </div>
      </div>
    </section>
  );
}

import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { BotAi } from '../../../../src-shared/api/ai.ts';
import { changeBotAi } from '../../../../src-shared/client/window.ts';
import { engine } from '../../../client.ts';
import { botAiQuery, botAiUseQuery } from '../../../queries/bot-ai.ts';
import type { Bot } from '../../../queries/bots.ts';
import { useLanguage, useText } from '../../../text/use-text.ts';
import { confirmHarm } from '../../../ui/confirm.tsx';
import { SwitchHead } from '../detail/switch-head.tsx';

/** Whether it answers, and what it did today. The switch asks where something would be lost. */
export function AiHead({ bot, ai }: { bot: Bot; ai: BotAi }) {
  const text = useText().bots.ai;
  const client = useQueryClient();

  async function put(enabled: boolean): Promise<void> {
    const { warning: _, is_key_refused: __, ...next } = await changeBotAi(engine, { id: bot.id, enabled });
    client.setQueryData(botAiQuery(bot.id).queryKey, next);
  }
  function before(enabled: boolean, go: () => Promise<void>): boolean {
    if (enabled || ai.people === 0) return false;
    confirmHarm({
      title: text.off.title(bot.name),
      body: text.off.body(ai.people),
      action: text.off.action,
      run: go,
    });
    return true;
  }
  return (
    <SwitchHead before={before} bot={bot} isDisabled={!ai.configured} isOn={ai.enabled} put={put} text={text}>
      {ai.configured ? (
        <>
          {text.lead} <Today id={bot.id} /> {ai.waiting > 0 && text.waiting(ai.waiting)}
        </>
      ) : (
        text.notSetUp
      )}
    </SwitchHead>
  );
}

function Today({ id }: { id: number }) {
  const text = useText().bots.ai;
  const { format } = new Intl.NumberFormat(useLanguage());
  const { data } = useQuery(botAiUseQuery(id));
  if (!data) return null;
  const { answers, tokens } = data.today;
  return text.today(format(answers), format(data.limits.per_day), format(tokens.input + tokens.output));
}

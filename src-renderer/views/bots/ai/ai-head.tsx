import { Alert, Button, Switch, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { BotAi } from '../../../../src-shared/api/ai.ts';
import { changeBotAi } from '../../../../src-shared/client/window.ts';
import { engine } from '../../../client.ts';
import { botAiQuery, botAiUseQuery } from '../../../queries/bot-ai.ts';
import type { Bot } from '../../../queries/bots.ts';
import { useLanguage, useText } from '../../../text/use-text.ts';
import { confirmHarm } from '../../../ui/confirm.tsx';
import { WarningIcon } from '../../../ui/icons.tsx';
import { toastProblem, toastWithUndo } from '../../../ui/toasts.tsx';
import { useBotActs } from '../use-bot-acts.tsx';
import styles from './ai.module.css';

/** Whether it answers, and what it did today. The switch has effect at once; it asks where something would be lost. */
export function AiHead({ bot, ai }: { bot: Bot; ai: BotAi }) {
  const all = useText();
  const text = all.bots.ai;
  const client = useQueryClient();
  const acts = useBotActs();
  const { queryKey } = botAiQuery(bot.id);
  // What was wished, until the engine has said what is.
  const [wished, setWished] = useState<boolean>();

  async function put(enabled: boolean) {
    setWished(enabled);
    try {
      const { warning: _, is_key_refused: __, ...next } = await changeBotAi(engine, { id: bot.id, enabled });
      client.setQueryData(queryKey, next);
    } finally {
      setWished(undefined);
    }
  }
  function turn(enabled: boolean) {
    if (!enabled && ai.people > 0)
      return confirmHarm({
        title: text.off.title(bot.name),
        body: text.off.body(ai.people),
        action: text.off.action,
        run: () => put(false),
      });
    put(enabled).then(
      () =>
        toastWithUndo(
          enabled ? text.switchedOn(bot.name) : text.switchedOff(bot.name),
          { label: all.common.undo, run: () => void put(!enabled).catch(toastProblem) },
          `AI of bot ${bot.id}`,
        ),
      toastProblem,
    );
  }
  return (
    <>
      <div className={styles.head}>
        <div>
          <Title order={2} size="lg">
            {text.title}
          </Title>
          <p>
            {ai.configured ? (
              <>
                {text.lead} <Today id={bot.id} /> {ai.waiting > 0 && text.waiting(ai.waiting)}
              </>
            ) : (
              text.notSetUp
            )}
          </p>
        </div>
        <Switch
          aria-label={text.switchOf(bot.name)}
          checked={wished ?? ai.enabled}
          disabled={!ai.configured || wished !== undefined}
          onChange={(event) => turn(event.currentTarget.checked)}
          size="md"
        />
      </div>
      {ai.enabled && bot.status !== 'active' && (
        <Alert className={styles.alert ?? ''} color="yellow" icon={<WarningIcon />} variant="light">
          <div className={styles.alertBody}>
            <span>{text.botOff(bot.name)}</span>
            <Button onClick={() => void acts.setActive(bot, true)} size="xs" variant="default">
              {text.botOn}
            </Button>
          </div>
        </Alert>
      )}
    </>
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

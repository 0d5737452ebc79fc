import { Button, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { BotAi } from '../../../../src-shared/api/ai.ts';
import { clearBotAi, removeBotAi, stopBotAi } from '../../../../src-shared/client/window.ts';
import { engine } from '../../../client.ts';
import { botAiQuery } from '../../../queries/bot-ai.ts';
import type { Bot } from '../../../queries/bots.ts';
import { useText } from '../../../text/use-text.ts';
import { confirmHarm } from '../../../ui/confirm.tsx';
import { toast, toastProblem } from '../../../ui/toasts.tsx';
import detail from '../detail/bot-detail.module.css';

interface TidyProps {
  bot: Bot;
  ai: BotAi;
  onRemoved: () => void;
}

/** What ends something: at once what costs nothing, else with a question. */
export function Tidy({ bot, ai, onRemoved }: TidyProps) {
  const text = useText().bots.ai;
  const client = useQueryClient();
  const [isStopping, setStopping] = useState(false);
  const { id, name } = bot;
  const refresh = () => client.invalidateQueries({ queryKey: botAiQuery(id).queryKey });

  async function stop() {
    setStopping(true);
    try {
      const { stopped } = await stopBotAi(engine, { id });
      await refresh();
      toast(text.stop.done(stopped));
    } catch (error) {
      toastProblem(error as Error);
    }
    setStopping(false);
  }
  const clear = () =>
    confirmHarm({
      title: text.clear.title(name),
      body: text.clear.body(ai.people),
      action: text.clear.verb,
      async run() {
        const { cleared } = await clearBotAi(engine, { id });
        await refresh();
        toast(text.clear.done(cleared));
      },
    });
  function remove() {
    const { gone } = text.remove;
    const providers = new Set([...ai.kept.map(({ provider }) => provider), ai.provider].filter(Boolean));
    confirmHarm({
      title: text.remove.title(name),
      body: text.remove.body,
      gone: [
        gone.keys(providers.size),
        ...(ai.header_names.length > 0 ? [gone.headers] : []),
        ...(ai.is_usual_system ? [] : [gone.prompt]),
        ...(ai.people > 0 ? [gone.people(ai.people)] : []),
      ],
      action: text.remove.verb,
      name,
      async run() {
        await removeBotAi(engine, { id });
        onRemoved();
        await refresh();
        toast(text.remove.done(name));
      },
    });
  }
  return (
    <section aria-labelledby="ai-tidy" className={detail.danger}>
      <Title id="ai-tidy" order={2}>
        {text.tidy}
      </Title>
      <div>
        <div className={detail.harm}>
          <div>
            <strong>{text.stop.title}</strong>
            <p>{text.stop.help(ai.waiting)}</p>
          </div>
          <Button
            disabled={ai.waiting === 0}
            loading={isStopping}
            onClick={() => void stop()}
            variant="default"
          >
            {text.stop.action}
          </Button>
        </div>
        <div className={detail.harm}>
          <div>
            <strong>{text.clear.subject}</strong>
            <p>{text.clear.help(ai.people)}</p>
          </div>
          <Button disabled={ai.people === 0} onClick={clear} variant="default">
            {text.clear.action}
          </Button>
        </div>
        <div className={detail.harm}>
          <div>
            <strong>{text.remove.subject}</strong>
            <p>{text.remove.help}</p>
          </div>
          <Button color="red" onClick={remove} variant="outline">
            {text.remove.action}
          </Button>
        </div>
      </div>
    </section>
  );
}

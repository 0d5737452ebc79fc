import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { BotAi } from '../../../../src-shared/api/ai.ts';
import type { Setting } from '../../../../src-shared/client/types.ts';
import { botAiQuery } from '../../../queries/bot-ai.ts';
import { type Bot, botSettingsQuery } from '../../../queries/bots.ts';
import { useText } from '../../../text/use-text.ts';
import { Answered } from '../../../ui/answered.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { AiIcon, WarningIcon } from '../../../ui/icons.tsx';
import styles from './ai.module.css';
import { AiHead } from './ai-head.tsx';
import { AiSkeleton } from './ai-skeleton.tsx';
import { How } from './how.tsx';
import { Limits } from './limits.tsx';
import { Prompt } from './prompt.tsx';
import { ProviderCards } from './provider-cards.tsx';
import { ProviderFields } from './provider-fields.tsx';
import { SaveBar } from './save-bar.tsx';
import { TestBox } from './test-box.tsx';
import { Tidy } from './tidy.tsx';
import { Usage } from './usage.tsx';
import { useDraft } from './use-draft.ts';

/** The AI of a bot: who answers and how, tried before it is saved, and what that used. */
export function Ai({ bot }: { bot: Bot }) {
  const { ai: text } = useText().bots;
  const query = useQuery({ ...botAiQuery(bot.id), enabled: bot.mode !== 'cloud' });
  const settings = useQuery(botSettingsQuery(bot.id));
  if (bot.mode === 'cloud')
    return (
      <Empty icon={<AiIcon size={24} />} title={text.cloudTitle}>
        {text.cloudBody}
      </Empty>
    );
  return (
    <Answered query={query} skeleton={<AiSkeleton />}>
      {(ai) => (
        <Answered query={settings} skeleton={<AiSkeleton />}>
          {(list) => <Known ai={ai} bot={bot} settings={list} />}
        </Answered>
      )}
    </Answered>
  );
}

function Known({ bot, ai, settings }: { bot: Bot; ai: BotAi; settings: readonly Setting[] }) {
  const draft = useDraft(bot.id, ai, settings);
  const { provider } = draft.values;
  const { ai: text } = useText().bots;
  return (
    <div className={styles.tab}>
      <AiHead ai={ai} bot={bot} />
      <ProviderCards ai={ai} chosen={provider} onChoose={draft.choose} />
      {provider === null ? (
        <Steps />
      ) : (
        <>
          {draft.warning !== undefined && (
            <Alert color="red" icon={<WarningIcon />} role="alert" title={text.warning} variant="light">
              {draft.warning}
            </Alert>
          )}
          <ProviderFields ai={ai} bot={bot} draft={draft} key={provider} provider={provider} />
          <Prompt ai={ai} draft={draft} />
          <TestBox ai={ai} bot={bot} draft={draft} />
          <Limits draft={draft} settings={settings} />
          <How bot={bot} draft={draft} settings={settings} />
        </>
      )}
      <Usage bot={bot} isSetUp={ai.configured} />
      {(ai.configured || ai.kept.length > 0) && <Tidy ai={ai} bot={bot} onRemoved={draft.discard} />}
      <SaveBar ai={ai} bot={bot} draft={draft} settings={settings} />
    </div>
  );
}

/** What is to be done where nothing is set up. */
function Steps() {
  const { steps, inChat } = useText().bots.ai;
  return (
    <div>
      <ol className={styles.steps}>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p className={styles.inChat}>{inChat}</p>
    </div>
  );
}

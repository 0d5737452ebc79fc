import { Radio, Textarea, Title } from '@mantine/core';
import type { Setting } from '../../../../src-shared/client/types.ts';
import type { Bot } from '../../../queries/bots.ts';
import { useText } from '../../../text/use-text.ts';
import styles from './ai.module.css';
import { BELOW } from './below.ts';
import type { Draft } from './use-draft.ts';
import { AI_CHOICES, AI_LISTS } from './values.ts';

interface HowProps {
  bot: Bot;
  draft: Draft;
  settings: readonly Setting[];
}

/** Whom it answers, where, and in which form. */
export function How({ bot, draft, settings }: HowProps) {
  const text = useText().bots.ai;
  const labelOf = (name: string) => settings.find(({ key }) => key === name)?.label ?? name;
  const help = {
    ai_rooms: text.roomsHelp,
    ai_free_rooms: text.freeRoomsHelp,
    ai_known_bots: text.knownBotsHelp,
  };
  // A dedicated bot answers its owner, and nobody else outside of rooms.
  const choices = AI_CHOICES.filter((name) => name !== 'ai_answers' || bot.mode === 'personal');
  return (
    <section aria-labelledby="ai-how">
      <Title className={styles.title} id="ai-how" order={2}>
        {text.how}
      </Title>
      <div className={styles.how}>
        {choices.map((name) => {
          const ways: Record<string, { title: string; body: string }> = text.choices[name];
          return (
            <Radio.Group
              key={name}
              label={name === 'ai_streaming' ? text.answerAppears : labelOf(name)}
              onChange={(value) => draft.set(name, name === 'ai_streaming' ? value === 'true' : value)}
              value={String(draft.values[name])}
            >
              {Object.entries(ways).map(([value, { title, body }]) => (
                <Radio description={body || undefined} key={value} label={title} mt="sm" value={value} />
              ))}
            </Radio.Group>
          );
        })}
      </div>
      <div className={styles.lists}>
        {AI_LISTS.map((name) => (
          <Textarea
            {...BELOW}
            autosize
            description={help[name]}
            dir="auto"
            key={name}
            label={labelOf(name)}
            onChange={(event) => draft.set(name, event.currentTarget.value)}
            spellCheck={false}
            value={String(draft.values[name])}
          />
        ))}
      </div>
    </section>
  );
}

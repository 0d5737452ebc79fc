import { Button, Loader, TextInput, Title } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { type BotAi, QUESTION_LENGTH } from '../../../../src-shared/api/ai.ts';
import type { Bot } from '../../../queries/bots.ts';
import { useText } from '../../../text/use-text.ts';
import styles from './test-box.module.css';
import { TestResult } from './test-result.tsx';
import type { Draft } from './use-draft.ts';
import { useTest } from './use-test.ts';

interface TestBoxProps {
  bot: Bot;
  ai: BotAi;
  draft: Draft;
}

/** A question to try what stands above, saved or not; saving never waits for it. */
export function TestBox({ bot, ai, draft }: TestBoxProps) {
  const { test: text, modelMissing } = useText().bots.ai;
  const [typed, setTyped] = useState<string>();
  const { tried, ask, stop, forget } = useTest(bot.id);
  const { asked, values } = draft;
  const question = (typed ?? text.usual).trim();
  const isRunning = tried.state === 'running';
  const lacksModel = values.model.trim() === '';

  // An answer says nothing about other values than those it was given with.
  const about = JSON.stringify(asked);
  const [tryOf, setTryOf] = useState(about);
  const forgetNow = useRef(forget);
  forgetNow.current = forget;
  const isAboutOther = tried.state !== 'none' && tryOf !== about;
  useEffect(() => {
    // What was just saved is still what was tried.
    if (isAboutOther && about !== '{}') forgetNow.current();
  }, [isAboutOther, about]);

  const canAsk = !lacksModel && question !== '';
  function begin() {
    setTryOf(about);
    void ask(asked, question);
  }

  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (tried.state !== 'none') box.current?.scrollIntoView({ block: 'nearest' });
  }, [tried.state]);

  return (
    <section aria-labelledby="ai-test" className={styles.box} ref={box}>
      <Title className={styles.title} id="ai-test" order={2}>
        {text.title}
      </Title>
      <form
        className={styles.ask}
        onSubmit={(event) => {
          event.preventDefault();
          if (!isRunning && canAsk) begin();
        }}
      >
        <TextInput
          aria-describedby="ai-test-note"
          aria-label={text.question}
          autoComplete="off"
          dir="auto"
          flex={1}
          maxLength={QUESTION_LENGTH}
          onChange={(event) => setTyped(event.currentTarget.value)}
          value={typed ?? text.usual}
        />
        {/* One button for both, so that it keeps the focus. */}
        <Button
          disabled={!isRunning && !canAsk}
          leftSection={isRunning && <Loader aria-hidden="true" color="gray" size={14} />}
          onClick={isRunning ? stop : begin}
          variant="default"
        >
          {isRunning && text.stop}
          {!isRunning && (tried.state === 'none' ? text.ask : text.again)}
        </Button>
      </form>
      <p className={styles.note} id="ai-test-note">
        {lacksModel ? modelMissing : text.note}
      </p>
      <TestResult isSaved={draft.changed.length === 0 && ai.configured} tried={tried} />
    </section>
  );
}

import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../../../text/use-text.ts';
import { BELOW } from '../ai/below.ts';
import type { ChosenChat } from './chat-picker.tsx';
import { looksLikeChat } from './names.ts';
import styles from './set-up.module.css';
import mono from './telegram.module.css';

interface ChatByIdProps {
  isSaving: boolean;
  onChoose: (chat: ChosenChat) => void;
}

/** Any chat, by what Telegram calls it. */
export function ChatById({ isSaving, onChoose }: ChatByIdProps) {
  const text = useText().bots.telegram.setUp.chat;
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string>();
  // As it is shown here, with a real minus.
  const id = typed.trim().replace(/^−/, '-');
  return (
    <form
      className={styles.ask}
      onSubmit={(event) => {
        event.preventDefault();
        if (looksLikeChat(id)) onChoose({ id });
        else setProblem(text.idShape);
      }}
    >
      <TextInput
        {...BELOW}
        autoComplete="off"
        autoFocus
        classNames={{ input: mono.mono ?? '' }}
        description={problem === undefined ? text.idHelp : undefined}
        error={problem}
        flex={1}
        label={text.id}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setProblem(undefined);
        }}
        spellCheck={false}
        value={typed}
      />
      <Button disabled={id === ''} loading={isSaving} type="submit" variant="default">
        {text.use}
      </Button>
    </form>
  );
}

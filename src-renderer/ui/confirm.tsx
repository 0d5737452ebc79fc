import { Button, Group, List, Text, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useState } from 'react';
import { useText } from '../text/use-text.ts';

interface Question {
  title: string;
  body: string;
  /** The verb, with its object. */
  action: string;
  /** What goes with it. */
  gone?: readonly string[];
  /** To be typed: for what cannot be undone. */
  name?: string;
  run: () => Promise<unknown>;
  /** It is gone, whatever was answered. */
  onClose?: () => void;
}

/**
 * Asks before something harmful (a red verb, Cancel first), or something final (its name has to be typed as well). When it
 * fails, the dialog stays and says why.
 */
export function confirmHarm(question: Question): void {
  const id = modals.open({
    title: question.title,
    centered: true,
    ...(question.onClose && { onClose: question.onClose }),
    children: <Asked close={() => modals.close(id)} {...question} />,
  });
}

function Asked({ body, action, gone = [], name, run, close }: Question & { close: () => void }) {
  const text = useText().common;
  const [typed, setTyped] = useState('');
  const [isRunning, setRunning] = useState(false);
  const [problem, setProblem] = useState<string>();
  const isReady = name === undefined || typed.trim() === name;

  async function go() {
    if (!isReady || isRunning) return;
    setRunning(true);
    setProblem(undefined);
    try {
      await run();
      close();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setRunning(false);
    }
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void go();
      }}
    >
      <Text>{body}</Text>
      {gone.length > 0 && (
        <List mt="sm" size="sm">
          {gone.map((thing) => (
            <List.Item key={thing}>{thing}</List.Item>
          ))}
        </List>
      )}
      {name !== undefined && (
        <TextInput
          autoComplete="off"
          label={text.typeToConfirm(name)}
          mt="md"
          onChange={(event) => setTyped(event.currentTarget.value)}
          spellCheck={false}
          value={typed}
        />
      )}
      {problem !== undefined && (
        <Text c="var(--bm-bad)" mt="md" role="alert" size="sm">
          {problem}
        </Text>
      )}
      <Group justify="flex-end" mt="xl">
        <Button data-autofocus={name === undefined || undefined} onClick={close} variant="default">
          {text.cancel}
        </Button>
        <Button color="red.7" disabled={!isReady} loading={isRunning} type="submit">
          {action}
        </Button>
      </Group>
    </form>
  );
}

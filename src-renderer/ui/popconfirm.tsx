import { Button, Group, Popover, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useText } from '../text/use-text.ts';

interface PopconfirmProps {
  /** What stops working. */
  body: string;
  /** The verb; on the button that asks as well. */
  action: string;
  icon?: ReactNode;
  /** Names the button where its verb alone would not tell what it is about. */
  label?: string;
  run: () => Promise<unknown>;
}

/** Asks beside the button before something that costs others work. When it fails, it stays and says why. */
export function Popconfirm({ body, action, icon, label, run }: PopconfirmProps) {
  const text = useText().common;
  const [isOpen, setOpen] = useState(false);
  const [isRunning, setRunning] = useState(false);
  const [problem, setProblem] = useState<string>();
  const open = (wish: boolean) => {
    setProblem(undefined);
    setOpen(wish);
  };
  async function go() {
    setRunning(true);
    setProblem(undefined);
    try {
      await run();
      setOpen(false);
    } catch (error) {
      setProblem((error as Error).message);
    }
    setRunning(false);
  }
  return (
    <Popover onChange={open} opened={isOpen} position="top-end" shadow="md" trapFocus width={300} withArrow>
      <Popover.Target>
        <Button
          aria-label={label}
          leftSection={icon}
          onClick={() => open(!isOpen)}
          size="xs"
          variant="default"
        >
          {action}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={action}>
        <Text size="sm">{body}</Text>
        {problem !== undefined && (
          <Text c="var(--bm-bad)" mt="sm" role="alert" size="sm">
            {problem}
          </Text>
        )}
        <Group gap="sm" justify="flex-end" mt="md">
          <Button onClick={() => open(false)} size="xs" variant="default">
            {text.cancel}
          </Button>
          <Button loading={isRunning} onClick={() => void go()} size="xs">
            {action}
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}

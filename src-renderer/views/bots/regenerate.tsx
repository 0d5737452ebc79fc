import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { replaceBotToken } from '../../../src-shared/client/window.ts';
import { engine } from '../../client.ts';
import type { Bot } from '../../queries/bots.ts';
import { useText } from '../../text/use-text.ts';
import { TokenField } from '../../ui/token-field.tsx';
import { useIsSlim } from '../../ui/width.ts';

const OVERLAPS_S = { none: 0, hour: 3_600, day: 86_400, week: 604_800 } as const;
type Overlap = keyof typeof OVERLAPS_S;

/** Asks for how long the old token is to work on, makes another and shows it. */
export function openRegenerate(bot: Bot, title: string): void {
  const id = modals.open({
    title,
    centered: true,
    closeOnClickOutside: false,
    children: (
      <Regenerate
        bot={bot}
        close={() => modals.close(id)}
        // A token that may be shown once is not lost by a key or a click.
        hold={(isHeld) =>
          modals.updateModal({ modalId: id, closeOnEscape: !isHeld, withCloseButton: !isHeld })
        }
      />
    ),
  });
}

interface RegenerateProps {
  bot: Bot;
  close: () => void;
  hold: (isHeld: boolean) => void;
}

function Regenerate({ bot: { id, name }, close, hold }: RegenerateProps) {
  const { bots, common } = useText();
  const text = bots.regenerate;
  const client = useQueryClient();
  const isSlim = useIsSlim();
  const [overlap, setOverlap] = useState<Overlap>('none');
  const [isRunning, setRunning] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [token, setToken] = useState<string>();

  async function make() {
    setRunning(true);
    hold(true);
    setProblem(undefined);
    try {
      setToken((await replaceBotToken(engine, { id, overlap_s: OVERLAPS_S[overlap] })).token);
      await client.invalidateQueries({ queryKey: ['bots'] });
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      hold(false);
    }
    setRunning(false);
  }

  if (token !== undefined)
    return (
      <>
        <Text mb="sm">{text.doneTitle}</Text>
        <TokenField value={token} what={bots.tokenOf(name)} />
        <Group justify="flex-end" mt="xl">
          <Button data-autofocus onClick={close}>
            {bots.newBot.done}
          </Button>
        </Group>
      </>
    );
  return (
    <>
      <Text>{text.body}</Text>
      <Text id="overlap" mb="xs" mt="md" size="sm">
        {text.overlap}
      </Text>
      <SegmentedControl
        aria-labelledby="overlap"
        data={(Object.keys(OVERLAPS_S) as Overlap[]).map((value) => ({ value, label: text.overlaps[value] }))}
        fullWidth
        onChange={(value) => setOverlap(value as Overlap)}
        orientation={isSlim ? 'vertical' : 'horizontal'}
        value={overlap}
      />
      {problem !== undefined && (
        <Text c="var(--bm-bad)" mt="md" role="alert" size="sm">
          {problem}
        </Text>
      )}
      <Group justify="flex-end" mt="xl">
        <Button disabled={isRunning} onClick={close} variant="default">
          {common.cancel}
        </Button>
        <Button loading={isRunning} onClick={() => void make()}>
          {text.action}
        </Button>
      </Group>
    </>
  );
}

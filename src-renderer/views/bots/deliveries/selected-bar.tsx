import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../../../text/use-text.ts';
import { ReplayIcon } from '../../../ui/icons.tsx';
import styles from './webhook.module.css';

interface SelectedBarProps {
  shown: number;
  selected: number;
  onAll: (areChosen: boolean) => void;
  onReplay: () => Promise<void>;
}

/** Above a list of which some can be chosen: all or none of what is shown, and what is done with them. */
export function SelectedBar({ shown, selected, onAll, onReplay }: SelectedBarProps) {
  const { webhook: text } = useText().bots;
  const [isRunning, setRunning] = useState(false);
  async function replay() {
    setRunning(true);
    await onReplay();
    setRunning(false);
  }
  return (
    <div className={styles.selected}>
      <Checkbox
        checked={selected === shown}
        indeterminate={selected > 0 && selected < shown}
        label={selected === 0 ? text.chooseAll : text.chosen(selected)}
        onChange={(event) => onAll(event.currentTarget.checked)}
      />
      {selected > 0 && (
        <Button
          leftSection={<ReplayIcon size={16} />}
          loading={isRunning}
          onClick={() => void replay()}
          size="xs"
          variant="default"
        >
          {text.replayChosen(selected)}
        </Button>
      )}
    </div>
  );
}

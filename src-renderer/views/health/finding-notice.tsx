import { Button } from '@mantine/core';
import { useState } from 'react';
import type { HealthFinding } from '../../../src-shared/client/types.ts';
import { useText } from '../../text/use-text.ts';
import { CommandLine } from '../../ui/copy-text.tsx';
import { InfoIcon, ProblemIcon, WarningIcon } from '../../ui/icons.tsx';
import styles from './health.module.css';
import { useFix } from './use-fix.ts';

const ICONS = { error: ProblemIcon, warning: WarningIcon, note: InfoIcon, ok: InfoIcon };
const LOOKS = { error: styles.bad, warning: styles.warn, note: styles.second, ok: styles.ok };

/** What is wrong, what it means, and the button that mends it or leads to where it is mended. */
export function FindingNotice({ finding }: { finding: HealthFinding }) {
  const text = useText().health;
  const { level, title, detail, fix } = finding;
  const run = useFix(finding);
  const [isRunning, setRunning] = useState(false);
  const [problem, setProblem] = useState<string>();
  const Icon = ICONS[level];

  async function mend() {
    setRunning(true);
    setProblem(undefined);
    await run?.().catch((error: Error) => setProblem(error.message));
    setRunning(false);
  }
  return (
    <article className={styles.finding}>
      <span className={LOOKS[level]}>
        <Icon />
      </span>
      <div>
        <h3>{title}</h3>
        {detail !== null && <p>{detail}</p>}
        {fix && <p>{fix.text}</p>}
        {problem !== undefined && (
          <p className={styles.bad} role="alert">
            {problem}
          </p>
        )}
        {fix?.action && run && (
          <Button loading={isRunning} mt="sm" onClick={() => void mend()} size="xs">
            {text.actions[fix.action]}
          </Button>
        )}
        {fix && fix.cli !== fix.text && (
          <details className={styles.terminal}>
            <summary>{text.terminal}</summary>
            <CommandLine command={fix.cli} what={text.needsYou.command} />
          </details>
        )}
      </div>
    </article>
  );
}

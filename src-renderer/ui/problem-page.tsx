import { Button, Title } from '@mantine/core';
import { ApiProblem } from '../client.ts';
import { useText } from '../text/use-text.ts';
import { CommandLine } from './copy-text.tsx';
import logo from './logo.svg';
import styles from './problem-page.module.css';

interface ProblemProps {
  error: Error;
  isTrying?: boolean;
  onRetry?: () => void;
}

/** There is nothing to show: what happened, what it means, what to do. */
export function ProblemPage({ error, isTrying = false, onRetry }: ProblemProps) {
  const { problems, common, health } = useText();
  const kind = error instanceof ApiProblem ? error.kind : 'broken';
  const [title, body] = {
    unreachable: [problems.unreachableTitle, problems.unreachable],
    broken: [problems.brokenTitle, problems.broken],
    refused: [problems.refusedTitle, error.message],
    closed: [problems.closedTitle, problems.closed],
    'signed-out': [problems.signedOutTitle, problems.signedOut],
    'session-ended': [problems.sessionEndedTitle, problems.sessionEnded],
    'link-used': [problems.linkUsedTitle, problems.linkUsed],
  }[kind];
  const needsPerson = error instanceof ApiProblem && error.needsPerson;
  return (
    <div className={styles.page} role="alert">
      <img alt="" src={logo} />
      <Title order={1}>{title}</Title>
      <p>{body}</p>
      {needsPerson && <CommandLine command={problems.panelCommand} what={health.needsYou.command} />}
      {onRetry && (
        <Button loading={isTrying} mt="lg" onClick={onRetry}>
          {common.tryAgain}
        </Button>
      )}
      {kind === 'broken' && (
        <details className={styles.details}>
          <summary>{common.details}</summary>
          <pre>{error instanceof ApiProblem ? error.detail : error.message}</pre>
        </details>
      )}
    </div>
  );
}

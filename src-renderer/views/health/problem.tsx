import { Button, Title } from '@mantine/core';
import { ApiProblem } from '../../client.ts';
import { text } from '../../text.ts';
import { CommandLine } from '../../ui/copy-text.tsx';
import logo from '../../ui/logo.svg';
import styles from './health.module.css';

interface ProblemProps {
  error: Error;
  isTrying?: boolean;
  onRetry?: () => void;
}

/** There is nothing to show: what happened, what it means, what to do. */
export function Problem({ error, isTrying = false, onRetry }: ProblemProps) {
  const { problems } = text;
  const kind = error instanceof ApiProblem ? error.kind : 'broken';
  const [title, body] = {
    unreachable: [problems.unreachableTitle, problems.unreachable],
    broken: [problems.brokenTitle, problems.broken],
    closed: [problems.closedTitle, problems.closed],
    'signed-out': [problems.signedOutTitle, problems.signedOut],
    'session-ended': [problems.sessionEndedTitle, problems.sessionEnded],
    'link-used': [problems.linkUsedTitle, problems.linkUsed],
  }[kind];
  const needsPerson = error instanceof ApiProblem && error.needsPerson;
  return (
    <div className={styles.page}>
      <div className={styles.welcome} role="alert">
        <img alt="" src={logo} />
        <Title order={1}>{title}</Title>
        <p>{body}</p>
        {needsPerson && <CommandLine command={problems.panelCommand} what={text.needsYou.command} />}
        {onRetry && (
          <Button loading={isTrying} mt="lg" onClick={onRetry}>
            {text.tryAgain}
          </Button>
        )}
        {kind === 'broken' && (
          <details className={styles.details}>
            <summary>{text.details}</summary>
            <pre>{error.message}</pre>
          </details>
        )}
      </div>
    </div>
  );
}

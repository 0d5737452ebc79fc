import { Button, Loader } from '@mantine/core';
import { useText } from '../../text/use-text.ts';
import { CheckIcon, WarningIcon } from '../../ui/icons.tsx';
import type { useDiscovery } from './use-discovery.ts';
import styles from './welcome.module.css';

/** What was found of the server, or why not, and what could be done. */
export function DiscoveryLine({
  domain,
  discovery: { isLooking, found, problem },
  onUse,
}: {
  domain: string;
  discovery: ReturnType<typeof useDiscovery>;
  onUse: (service: string) => void;
}) {
  const text = useText().firstRun;
  return (
    <div aria-live="polite" className={styles.discovery} id="discovery">
      {isLooking && (
        <p className={styles.looking}>
          <Loader size={14} /> {text.looking(domain)}
        </p>
      )}
      {!isLooking && problem !== undefined && (
        <p className={styles.bad}>
          <WarningIcon size={16} /> {problem}
        </p>
      )}
      {!isLooking && found && found.problem === null && (
        <p className={styles.good}>
          <CheckIcon size={16} /> {text.found(found.domain)}
        </p>
      )}
      {!isLooking && found && found.problem === null && !found.can_sign_in && (
        <p className={styles.bad}>
          <WarningIcon size={16} /> {text.noSignIn}
        </p>
      )}
      {!isLooking && found?.problem && (
        <>
          <p className={styles.bad}>
            <WarningIcon size={16} />
            <span>
              {text.problems[found.problem.kind](found.domain)} <small>{found.problem.reason}</small>
            </span>
          </p>
          {found.websocket !== null && (
            <p className={styles.hint}>
              {text.mayBeWebsocket(found.websocket)}{' '}
              <Button onClick={() => onUse(found.websocket ?? '')} size="compact-sm" variant="subtle">
                {text.useIt}
              </Button>
            </p>
          )}
        </>
      )}
    </div>
  );
}

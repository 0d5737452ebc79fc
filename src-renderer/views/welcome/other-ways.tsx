import { Collapse, Loader, UnstyledButton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeSettings } from '../../../src-shared/client/management.ts';
import type { Sandbox } from '../../../src-shared/client/types.ts';
import { type AddAccountAnswer, addAccount, startSandbox } from '../../../src-shared/client/window.ts';
import { engine } from '../../client.ts';
import { sandboxQuery } from '../../queries/installation.ts';
import { useSetting } from '../../queries/settings.ts';
import { useText } from '../../text/use-text.ts';
import { OpenIcon, RestoreIcon, SandboxIcon } from '../../ui/icons.tsx';
import { KeeperOnly } from '../../ui/keeper-only.tsx';
import { RestoreBackup } from '../../ui/restore-backup.tsx';
import { useSandboxReady } from './use-sandbox-ready.ts';
import styles from './welcome.module.css';

/** Without an account of one's own: a server to try things out, or what was saved elsewhere. */
export function OtherWays({
  isFirst,
  onDone,
  onRestored,
}: {
  isFirst: boolean;
  onDone: (account: AddAccountAnswer) => void;
  onRestored: () => void;
}) {
  const text = useText().firstRun;
  const [isRestoring, setRestoring] = useState(false);
  return (
    <>
      <p className={styles.or}>{text.or}</p>
      <div className={styles.ways}>
        <SandboxWay onDone={onDone} />
        {isFirst && (
          <>
            <UnstyledButton
              aria-expanded={isRestoring}
              className={styles.way ?? ''}
              onClick={() => setRestoring(!isRestoring)}
            >
              <RestoreIcon />
              <span>
                <strong>{text.restore}</strong>
                <small>{text.restoreBody}</small>
              </span>
              <OpenIcon size={16} />
            </UnstyledButton>
            <Collapse expanded={isRestoring}>
              <div className={styles.restore}>
                <KeeperOnly command="restore FILE">
                  <RestoreBackup isEmpty onRestored={onRestored} />
                </KeeperOnly>
              </div>
            </Collapse>
          </>
        )}
      </div>
    </>
  );
}

/** What makes accounts for dedicated bots, as settings. */
const makerSettings = (maker: NonNullable<Sandbox['bot_accounts']>, ca: string | null) =>
  Object.fromEntries(
    Object.entries({ ...maker, ca: ca ?? '' }).map(([field, value]) => [`ejabberd_${field}`, value]),
  );

function SandboxWay({ onDone }: { onDone: (account: AddAccountAnswer) => void }) {
  const text = useText().firstRun;
  const client = useQueryClient();
  const { data: sandbox } = useQuery(sandboxQuery);
  const host = useSetting('ejabberd_host');
  const [isWanted, setWanted] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function signIn({ accounts: [you], service, ca, bot_accounts: maker }: Sandbox) {
    setWanted(false);
    if (!you) return;
    try {
      // What was set up for another server stays. All at once: a password belongs to the address it is given with.
      if (maker && host === '') await changeSettings(engine, makerSettings(maker, ca));
      const account = await addAccount(engine, {
        jid: you.jid,
        password: you.password,
        omemo: true,
        ...(service !== null && { service }),
        ...(ca !== null && { ca }),
      });
      onDone(account);
      void client.invalidateQueries();
    } catch (error) {
      setProblem((error as Error).message);
    }
  }
  useSandboxReady(isWanted ? sandbox : undefined, signIn);

  async function start() {
    setProblem(undefined);
    setWanted(true);
    try {
      client.setQueryData(sandboxQuery.queryKey, await startSandbox(engine));
    } catch (error) {
      setWanted(false);
      setProblem((error as Error).message);
    }
  }
  if (!sandbox) return null;
  const isMissing = !sandbox.can_start && sandbox.state === 'off';
  const failed = isWanted && sandbox.state === 'failed' ? (sandbox.problem ?? '') : undefined;
  const isBusy = isWanted && failed === undefined;
  return (
    <>
      <UnstyledButton
        className={styles.way ?? ''}
        disabled={isMissing || isBusy}
        onClick={() => void start()}
      >
        <SandboxIcon />
        <span>
          <strong>{text.sandbox}</strong>
          <small>
            {isMissing ? text.sandboxUnavailable : isBusy ? text.sandboxStarting : text.sandboxBody}
          </small>
        </span>
        {isBusy ? <Loader size={16} /> : <OpenIcon size={16} />}
      </UnstyledButton>
      {(problem !== undefined || failed !== undefined) && (
        <p className={styles.refusal} role="alert">
          {problem ?? `${text.sandboxFailed} ${failed}`}
        </p>
      )}
    </>
  );
}

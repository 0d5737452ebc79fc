import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addPanelLink, rotateAdminToken } from '../../../src-shared/client/window.ts';
import { engine } from '../../client.ts';
import { adminTokenQuery } from '../../queries/installation.ts';
import { useText } from '../../text/use-text.ts';
import { Section } from '../../ui/card.tsx';
import { CommandLine } from '../../ui/copy-text.tsx';
import { isKeeper, KeeperOnly } from '../../ui/keeper-only.tsx';
import { Popconfirm } from '../../ui/popconfirm.tsx';
import { toast, toastProblem } from '../../ui/toasts.tsx';
import { TokenField } from '../../ui/token-field.tsx';
import { PageHead } from './page-head.tsx';
import { SettingCard } from './setting-card.tsx';
import styles from './settings.module.css';

/** Who may manage this installation. */
export function Security() {
  const text = useText().settings;
  return (
    <>
      <PageHead page="security" />
      <AdminToken />
      <SettingCard name="access" title={text.security.access} />
      <SettingCard name="webhooks" title={text.security.webhooks} />
      <PanelLink />
    </>
  );
}

function AdminToken() {
  const text = useText().settings.security;
  const client = useQueryClient();
  const { data: token, error } = useQuery({ ...adminTokenQuery, enabled: isKeeper() });
  return (
    <Section title={text.adminToken}>
      <KeeperOnly command="admin-token show">
        <div className={styles.row}>
          <div className={styles.words}>
            <p className={error ? styles.bad : undefined}>{error?.message ?? text.adminTokenHelp}</p>
          </div>
          {token !== undefined && <TokenField value={token} what={text.adminToken} />}
          <Popconfirm
            action={text.rotate}
            body={text.rotateBody}
            run={async () => {
              await rotateAdminToken(engine);
              await client.invalidateQueries({ queryKey: adminTokenQuery.queryKey });
              toast(text.rotated);
            }}
          />
        </div>
      </KeeperOnly>
    </Section>
  );
}

function PanelLink() {
  const text = useText().settings.security;
  const [url, setUrl] = useState<string>();
  const [isRunning, setRunning] = useState(false);
  async function make() {
    setRunning(true);
    await addPanelLink(engine).then((link) => setUrl(link.url), toastProblem);
    setRunning(false);
  }
  return (
    <Section title={text.panel}>
      <KeeperOnly command="panel">
        <div className={styles.row}>
          <div className={styles.words}>
            <p>{text.panelHelp}</p>
          </div>
          <Button loading={isRunning} onClick={() => void make()} size="xs" variant="default">
            {text.panelMake}
          </Button>
          {url !== undefined && <CommandLine command={url} what={text.panelLink} />}
        </div>
      </KeeperOnly>
    </Section>
  );
}

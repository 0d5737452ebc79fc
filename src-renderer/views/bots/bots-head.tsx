import { Button, Switch } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { changeAccount, type GetAccountsAnswer } from '../../../src-shared/client/window.ts';
import { engine } from '../../client.ts';
import { paths } from '../../places.ts';
import { useSetting } from '../../queries/settings.ts';
import { useText } from '../../text/use-text.ts';
import { ServerIcon } from '../../ui/icons.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import { toastProblem } from '../../ui/toasts.tsx';
import styles from './bots-page.module.css';

/** The account's own switch: without it none of its bots runs. */
export function AccountSwitch({ account: { jid, enabled } }: { account: GetAccountsAnswer[number] }) {
  const { bots } = useText();
  const client = useQueryClient();
  async function turn(wish: boolean) {
    await changeAccount(engine, { jid, enabled: wish }).catch(toastProblem);
    await client.invalidateQueries({ queryKey: ['accounts'] });
  }
  return (
    <Switch
      checked={enabled}
      className={styles.switch ?? ''}
      label={bots.accountActive}
      labelPosition="left"
      onChange={(event) => void turn(event.currentTarget.checked)}
    />
  );
}

/** Where dedicated bots live, and the way to where that is set. */
export function ServerLink() {
  const { bots } = useText();
  const host = useSetting('ejabberd_host');
  return (
    <Button
      component={Link}
      href={paths.settings('server')}
      leftSection={<ServerIcon size={16} />}
      rightSection={<StateDot state={host === '' ? 'off' : 'on'} />}
      title={host === '' ? bots.serverMissing : bots.serverSet(host)}
      variant="default"
    >
      {host === '' ? bots.server : host}
    </Button>
  );
}

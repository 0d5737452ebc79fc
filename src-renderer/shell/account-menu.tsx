import { Menu, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { paths } from '../places.ts';
import { accountsQuery } from '../queries/accounts.ts';
import { useText } from '../text/use-text.ts';
import { accountDot } from '../ui/dot-state.ts';
import { AddPersonIcon, BotIcon, GearIcon } from '../ui/icons.tsx';
import { PersonMark } from '../ui/marks.tsx';
import { StateDot } from '../ui/state-dot.tsx';
import styles from './account-menu.module.css';

/** Whose window this is, and what belongs to each account. */
export function AccountMenu() {
  const text = useText();
  const [, go] = useLocation();
  const { data: accounts = [] } = useQuery(accountsQuery);
  const [first] = accounts;
  const name = first
    ? text.shell.accountMenu(first.jid, text.common.states[first.state])
    : text.shell.noAccount;
  return (
    <Menu position="right-end" shadow="md" width={280}>
      <Menu.Target>
        <UnstyledButton aria-label={name} className={styles.target ?? ''} title={name}>
          <PersonMark name={first?.jid ?? '+'} />
          {first && (
            <span className={styles.dot}>
              <StateDot state={accountDot(first.state)} />
            </span>
          )}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {accounts.map(({ jid, state }) => (
          <Menu.Item
            key={jid}
            leftSection={<StateDot state={accountDot(state)} />}
            onClick={() => go(paths.settings('accounts'))}
          >
            <span className={styles.jid}>
              <bdi>{jid}</bdi>
              <small>{text.common.states[state]}</small>
            </span>
          </Menu.Item>
        ))}
        {accounts.length > 0 && <Menu.Divider />}
        <Menu.Item leftSection={<BotIcon size={16} />} onClick={() => go(paths.bots)}>
          {text.shell.manageBots}
        </Menu.Item>
        <Menu.Item leftSection={<AddPersonIcon size={16} />} onClick={() => go(paths.welcome)}>
          {text.shell.addAccount}
        </Menu.Item>
        <Menu.Item leftSection={<GearIcon size={16} />} onClick={() => go(paths.settings())}>
          {text.shell.places.settings}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

import { Menu, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { botsQuery } from '../../../queries/bots.ts';
import { useText } from '../../../text/use-text.ts';
import { accountDot } from '../../../ui/dot-state.ts';
import { SwitchIcon } from '../../../ui/icons.tsx';
import { StateDot } from '../../../ui/state-dot.tsx';
import type { AccountStatusLike } from '../account-like.ts';
import styles from './chat-list.module.css';

interface SwitcherProps {
  account: AccountStatusLike | undefined;
  accounts: readonly AccountStatusLike[];
  onAccount: (jid: string) => void;
}

/** Whose conversations these are and how the account is; others are chosen here. */
export function AccountSwitcher({ account, accounts, onAccount }: SwitcherProps) {
  const text = useText();
  const { data: bots = [] } = useQuery(botsQuery);
  if (!account) return null;
  const own = bots.filter(({ owner }) => owner === account.jid);
  const running = own.filter(({ status, state }) => status === 'active' && state === 'online').length;
  const isWell = account.state === 'online';
  const words = isWell
    ? [text.common.states.online, own.length > 0 ? text.chats.list.running(running, own.length) : undefined]
    : [text.common.states[account.state], account.reason ?? undefined];
  const body = (
    <>
      <StateDot state={accountDot(account.state)} />
      <span className={styles.whose}>
        <bdi>{account.jid}</bdi>
        <small className={isWell ? '' : styles.trouble} title={words.filter(Boolean).join(' · ')}>
          {words.filter(Boolean).join(' · ')}
        </small>
      </span>
    </>
  );
  if (accounts.length < 2) return <div className={styles.footer}>{body}</div>;
  return (
    <Menu position="top" shadow="md" width="target">
      <Menu.Target>
        <UnstyledButton className={styles.footer ?? ''}>
          {body}
          <VisuallyHidden>{text.chats.list.switchAccount}</VisuallyHidden>
          <SwitchIcon size={16} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {accounts.map(({ jid, state }) => (
          <Menu.Item
            key={jid}
            leftSection={<StateDot state={accountDot(state)} />}
            onClick={() => onAccount(jid)}
          >
            <bdi>{jid}</bdi>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

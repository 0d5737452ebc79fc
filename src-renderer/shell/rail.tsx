import { Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from 'wouter';
import type { Status } from '../../src-shared/api/status.ts';
import { PLACES } from '../places.ts';
import { accountsQuery } from '../queries/accounts.ts';
import { botsQuery } from '../queries/bots.ts';
import { statusQuery } from '../queries/status.ts';
import { useText } from '../text/use-text.ts';
import { badgeCount } from '../ui/badge-count.ts';
import logo from '../ui/logo.svg';
import { StateDot } from '../ui/state-dot.tsx';
import { botState } from '../views/bots/bot-state.ts';
import { worstOf } from '../views/health/worst.ts';
import { AccountMenu } from './account-menu.tsx';
import { useShownKeys } from './keys.ts';
import styles from './rail.module.css';

/** How all of it is. */
function useWorst(status: Status | undefined) {
  const text = useText();
  const { data: accounts = [] } = useQuery(accountsQuery);
  const { data: bots = [] } = useQuery(botsQuery);
  if (!status) return undefined;
  const around = { accounts, areBotsOn: status.bots_enabled };
  return worstOf(
    status,
    bots.map((bot) => botState(bot, around, text)),
  );
}

/** The places there are, with what waits in each, and whose account this is. */
export function Rail({ unread }: { unread: number }) {
  const text = useText();
  const shownKeys = useShownKeys();
  const [location] = useLocation();
  const { data: status } = useQuery(statusQuery);
  const worst = useWorst(status);
  return (
    <nav aria-label={text.shell.mainNavigation} className={styles.rail} id="rail">
      <img alt={text.common.product} className={styles.logo} src={logo} />
      {PLACES.map(({ name, path, Icon, keys }) => {
        const isOpen = location === path || location.startsWith(`${path}/`);
        const label = text.shell.places[name];
        const news = name === 'chats' && unread > 0 ? `, ${text.shell.unread(badgeCount(unread))}` : '';
        return (
          <Tooltip key={name} label={`${label} · ${shownKeys(keys)}`} position="right">
            <Link
              aria-current={isOpen ? 'page' : undefined}
              aria-label={`${label}${news}`}
              className={`${styles.place} ${name === 'settings' ? styles.last : ''}`}
              href={path}
            >
              <Icon size={22} />
              <span className={styles.label}>{label}</span>
              {news !== '' && (
                <span aria-hidden="true" className={styles.count}>
                  {badgeCount(unread)}
                </span>
              )}
              {name === 'health' && worst && worst !== 'on' && (
                <span className={styles.dot}>
                  <StateDot state={worst} />
                </span>
              )}
            </Link>
          </Tooltip>
        );
      })}
      <AccountMenu />
    </nav>
  );
}

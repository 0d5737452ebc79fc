import { Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Redirect, useSearchParams } from 'wouter';
import type { AddAccountAnswer } from '../../../src-shared/client/window.ts';
import { paths } from '../../places.ts';
import { accountsQuery } from '../../queries/accounts.ts';
import { useText } from '../../text/use-text.ts';
import logo from '../../ui/logo.svg';
import { Done } from './done.tsx';
import { OtherWays } from './other-ways.tsx';
import { Pitch } from './pitch.tsx';
import { SignInForm } from './sign-in-form.tsx';
import styles from './welcome.module.css';

/** The first thing that is seen, and where every other account is signed in. */
export function Welcome() {
  const { firstRun: text, common } = useText();
  const [search] = useSearchParams();
  const { data: accounts } = useQuery(accountsQuery);
  const [signedIn, setSignedIn] = useState<{ account: AddAccountAnswer; wasKnown: boolean }>();
  // Whoever signs in now must not lose the page because the list of accounts comes anew.
  const [isFirst, setFirst] = useState<boolean>();
  const [isRestored, setRestored] = useState(false);
  if (accounts === undefined) return null;
  // The engine is there again, with the accounts of the backup.
  if (isRestored && accounts.length > 0) return <Redirect replace to={paths.chats} />;
  if (isFirst === undefined) setFirst(accounts.length === 0);
  const wanted = search.get('account') ?? undefined;
  const known = accounts.find(({ jid }) => jid === wanted);
  const [title, lead] = known
    ? [text.againTitle(known.jid), text.againLead]
    : [isFirst ? text.title : text.addTitle, text.lead];
  const onDone = (account: AddAccountAnswer) =>
    setSignedIn({ account, wasKnown: accounts.some(({ jid }) => jid === account.jid) });

  return (
    <div className={styles.welcome}>
      <div className={styles.main}>
        <div className={styles.column}>
          <div className={styles.brand}>
            <img alt="" src={logo} />
            <span>{common.product}</span>
          </div>
          {signedIn ? (
            <Done {...signedIn} />
          ) : (
            <>
              <header>
                <Title className={styles.title ?? ''} order={1}>
                  {title}
                </Title>
                <p className={styles.lead}>{lead}</p>
              </header>
              <SignInForm isFirst={isFirst === true} key={wanted} known={known} onDone={onDone} />
              {!known && (
                <OtherWays isFirst={isFirst === true} onDone={onDone} onRestored={() => setRestored(true)} />
              )}
            </>
          )}
        </div>
      </div>
      <Pitch />
    </div>
  );
}

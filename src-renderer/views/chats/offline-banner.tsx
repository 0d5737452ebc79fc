import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { changeAccount } from '../../../src-shared/client/window.ts';
import { engine } from '../../client.ts';
import { paths } from '../../places.ts';
import { useLanguage, useText } from '../../text/use-text.ts';
import { LostIcon, RefreshIcon } from '../../ui/icons.tsx';
import { useSecondsUntil } from '../../ui/use-seconds.ts';
import { pointWhen } from '../../ui/when.ts';
import type { AccountStatusLike } from './account-like.ts';
import styles from './offline-banner.module.css';

/** A connection that comes back at once is no trouble. */
const SOON_S = 10;

/** The account is not connected: since when and why, what still works, when it tries again, and what to do. */
export function OfflineBanner({ account }: { account: AccountStatusLike }) {
  const text = useText();
  const words = text.chats.offline;
  const language = useLanguage();
  const [, go] = useLocation();
  const again = useMutation({
    // Off and on again: the next try is made at once.
    mutationFn: () => changeAccount(engine, { jid: account.jid, enabled: true }),
  });
  const since = account.away_since ?? undefined;
  // It is no trouble before it has lasted.
  if (account.state === 'connecting' && (since === undefined || Date.now() / 1_000 - since < SOON_S))
    return null;
  const host = account.jid.slice(account.jid.indexOf('@') + 1);
  const title = {
    offline: words.off(account.jid),
    failed: words.failed(host),
    backing_off: words.lost(host),
    connecting: words.connecting(host),
    online: '',
  }[account.state];
  return (
    <section aria-live="polite" className={styles.banner}>
      <LostIcon />
      <div>
        <strong>{title}</strong>
        <p>{[account.reason, words.nothingLost].filter(Boolean).join(' ')}</p>
        <p aria-live="off" className={styles.when}>
          {since !== undefined && <span>{words.since(pointWhen(since, language))}</span>}
          {account.next_try !== null && <NextTry at={account.next_try} />}
        </p>
        {again.error && <p role="alert">{again.error.message}</p>}
      </div>
      <Button onClick={() => go(paths.health)} size="compact-md" variant="subtle">
        {words.health}
      </Button>
      <Button
        leftSection={<RefreshIcon size={16} />}
        loading={again.isPending}
        onClick={() => again.mutate()}
        size="compact-md"
        variant="default"
      >
        {words.tryNow}
      </Button>
    </section>
  );
}

/** Counts down to it; nobody is asked anything for that. */
function NextTry({ at }: { at: number }) {
  const words = useText().chats.offline;
  const seconds = useSecondsUntil(at);
  return <span role="timer">{seconds > 0 ? words.nextTry(seconds) : words.triesNow}</span>;
}

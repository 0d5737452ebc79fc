import { useHotkeys } from '@mantine/hooks';
import { lazy, type ReactNode, Suspense } from 'react';
import { useLocation } from 'wouter';
import { PLACES } from '../places.ts';
import { useSetting } from '../queries/settings.ts';
import { useText } from '../text/use-text.ts';
import { WarningIcon } from '../ui/icons.tsx';
import { focusNextPart } from './focus-parts.ts';
import { openKeyMap } from './key-map.tsx';
import { Rail } from './rail.tsx';
import styles from './shell.module.css';
import { useChatEvents } from './use-chat-events.ts';
import { useStrayDrops } from './use-stray-drops.ts';

// It is needed when somebody presses its keys, not for the first picture.
const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }));

/** The frame: the rail with the places there are, and the place that is open. */
export function Shell({ isLost, children }: { isLost: boolean; children: ReactNode }) {
  const text = useText().shell;
  const [, go] = useLocation();
  const unread = useChatEvents();
  useStrayDrops();
  const areKeysOn = useSetting('window_single_keys');
  useHotkeys(
    [
      ...PLACES.map(({ keys, path }): [string, () => void] => [keys, () => go(path)]),
      ['F6', () => focusNextPart(1)],
      ['shift+F6', () => focusNextPart(-1)],
    ],
    [],
  );
  // The question mark needs Shift on some keyboards and not on others.
  useHotkeys(
    areKeysOn
      ? [
          ['?', () => openKeyMap(text.keys)],
          ['shift+?', () => openKeyMap(text.keys)],
        ]
      : [],
  );
  return (
    <div className={styles.app}>
      <a className={styles.skip} href="#content">
        {text.skip}
      </a>
      <Rail unread={unread} />
      <main className={styles.main} id="content" tabIndex={-1}>
        <div aria-live="polite">{isLost && <Lost />}</div>
        <div className={styles.place}>{children}</div>
      </main>
      <Suspense fallback={null}>
        <Palette />
      </Suspense>
    </div>
  );
}

function Lost() {
  const text = useText().shell;
  return (
    <div className={styles.lost}>
      <WarningIcon />
      <div>
        <strong>{text.lostTitle}.</strong> {text.lostBody}
      </div>
    </div>
  );
}

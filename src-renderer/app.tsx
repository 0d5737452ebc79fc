import { Tooltip } from '@mantine/core';
import styles from './app.module.css';
import { useLive } from './live.ts';
import { text } from './text.ts';
import { PulseIcon } from './ui/icons.tsx';
import logo from './ui/logo.svg';
import { Health } from './views/health/health.tsx';

/** The shell: the rail with the places there are, and the place that is open. */
export function App() {
  const live = useLive();
  return (
    <div className={styles.app}>
      <nav aria-label={text.mainNavigation} className={styles.rail}>
        <img alt={text.product} className={styles.logo} src={logo} />
        <Tooltip label={text.health.title} position="right">
          <a aria-current="page" aria-label={text.health.title} className={styles.place} href="/">
            <PulseIcon size={22} />
          </a>
        </Tooltip>
      </nav>
      <main className={styles.main}>
        <Health isLost={live === 'lost'} />
      </main>
    </div>
  );
}

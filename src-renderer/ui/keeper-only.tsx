import type { ReactNode } from 'react';
import { useText } from '../text/use-text.ts';
import { CommandLine } from './copy-text.tsx';
import styles from './keeper-only.module.css';

/** The app itself may do what a page in a browser may not, wherever that browser is: secrets and the whole of the data. */
export const isKeeper = (): boolean => window.desktop !== undefined;

/** What only the app may; in a browser, the command that does the same. */
export function KeeperOnly({ command, children }: { command: string; children: ReactNode }) {
  const text = useText().settings;
  if (isKeeper()) return children;
  return (
    <div className={styles.only}>
      <p>{text.keeperOnly}</p>
      <CommandLine command={`npm run botmother -- ${command}`} what={text.keeperCommand} />
    </div>
  );
}

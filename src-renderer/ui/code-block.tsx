import type { ReactNode } from 'react';
import styles from './code-block.module.css';
import { CopyAction } from './copy-text.tsx';

interface CodeBlockProps {
  title: ReactNode;
  /** What is shown, perhaps with a masked secret. */
  shown: string;
  /** What is copied. */
  code?: string;
  what: string;
}

/** A program or an answer, as it is; it wraps and never scrolls sideways. */
export function CodeBlock({ title, shown, code = shown, what }: CodeBlockProps) {
  return (
    <div className={styles.block}>
      <header className={styles.head}>
        <span>{title}</span>
        <CopyAction value={code} what={what} />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is long is scrolled with the keyboard too */}
      <pre className={styles.code} tabIndex={0}>
        {shown}
      </pre>
    </div>
  );
}

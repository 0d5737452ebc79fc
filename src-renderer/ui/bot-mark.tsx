import styles from './bot-mark.module.css';

const TINTS = [
  styles.tint0,
  styles.tint1,
  styles.tint2,
  styles.tint3,
  styles.tint4,
  styles.tint5,
  styles.tint6,
];

/** The first letters of two words, or of one. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/[\s_-]+/u);
  const letters = words.slice(0, 2).map((word) => [...word][0] ?? '');
  return letters.join('').toLocaleUpperCase();
}

/** A bot is a squircle; its tint follows from its id, so it never changes. */
export function BotMark({ id, name }: { id: number; name: string }) {
  return (
    <span aria-hidden="true" className={`${styles.mark} ${TINTS[id % TINTS.length]}`}>
      {initialsOf(name)}
    </span>
  );
}

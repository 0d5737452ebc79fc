import styles from './marks.module.css';

/** Side in pixels. */
type MarkSize = 20 | 32 | 40 | 56 | 96;

interface MarkProps {
  name: string;
  size?: MarkSize;
  /** Address of a picture; without one, initials. */
  picture?: string | undefined;
}

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
  const words = name.trim().split(/[\s_.@-]+/u);
  const letters = words.slice(0, 2).map((word) => [...word][0] ?? '');
  return letters.join('').toLocaleUpperCase();
}

/** The same for a name whenever it is shown. */
const numberOf = (name: string) =>
  [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0, 7);

interface ShapeProps extends MarkProps {
  shape: 'bot' | 'person' | 'room';
  tint: number;
}

function Mark({ shape, tint, name, size = 32, picture }: ShapeProps) {
  const side = { width: size, height: size, fontSize: Math.round(size * 0.375) };
  if (picture !== undefined)
    return <img alt="" className={`${styles.mark} ${styles[shape]}`} src={picture} style={side} />;
  return (
    <span
      aria-hidden="true"
      className={`${styles.mark} ${styles[shape]} ${TINTS[tint % TINTS.length]}`}
      data-letters={shape === 'room' ? '#' : initialsOf(name)}
      style={side}
    />
  );
}

/** A bot is a squircle; its tint follows from its id, so it never changes. */
export const BotMark = ({ id, ...mark }: MarkProps & { id: number }) => (
  <Mark shape="bot" tint={id} {...mark} />
);
/** A person is round. */
export const PersonMark = (mark: MarkProps) => <Mark shape="person" tint={numberOf(mark.name)} {...mark} />;
/** A room is round and has its sign. */
export const RoomMark = (mark: MarkProps) => <Mark shape="room" tint={numberOf(mark.name)} {...mark} />;

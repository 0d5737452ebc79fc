import type { ReactNode } from 'react';
import { useText } from '../text/use-text.ts';
import styles from './list-detail.module.css';
import { useRemembered } from './remembered.ts';
import { useIsNarrow } from './width.ts';

interface ListDetailProps {
  /** Of the list, for those who hear it. */
  label: string;
  list: ReactNode;
  /** The list where there is little room: a strip of marks, 68 pixels wide. */
  strip?: ReactNode;
  detail: ReactNode;
  /** Beside the detail, or over it where there is little room; it closes itself. */
  panel?: ReactNode;
}

const LIST_WIDTH = 304;

/** A list whose width can be changed, and what was chosen from it. */
export function ListDetail({ label, list, strip, detail, panel }: ListDetailProps) {
  const text = useText().shell;
  const isNarrow = useIsNarrow();
  const [width, setWidth] = useRemembered('list-width', LIST_WIDTH);
  const isStrip = isNarrow && Boolean(strip);
  // The detail keeps its place among the parts, and so what is typed there when the window is made narrower.
  return (
    <div
      className={isStrip ? styles.narrow : styles.wide}
      style={isStrip ? {} : { gridTemplateColumns: `${width}px 1px minmax(0, 1fr)` }}
    >
      <aside
        aria-label={label}
        className={isStrip ? styles.strip : styles.list}
        key={isStrip ? 'strip' : 'list'}
      >
        {isStrip ? strip : list}
      </aside>
      {!isStrip && <Grip key="grip" label={text.resize} onWidth={setWidth} width={width} />}
      <div className={styles.body} key="body">
        <section className={styles.detail} data-part="detail" tabIndex={-1}>
          {detail}
        </section>
        {panel}
      </div>
    </div>
  );
}

const MIN_WIDTH = 240;
const MAX_WIDTH = 420;
const STEP = 16;

/** Moved with the pointer, or with the arrow keys. */
function Grip({ label, width, onWidth }: { label: string; width: number; onWidth: (width: number) => void }) {
  const set = (wished: number) => onWidth(Math.round(Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, wished))));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved is no <hr>
    <div
      aria-label={label}
      aria-orientation="vertical"
      aria-valuemax={MAX_WIDTH}
      aria-valuemin={MIN_WIDTH}
      aria-valuenow={width}
      className={styles.grip}
      onDoubleClick={() => set(LIST_WIDTH)}
      onKeyDown={({ key }) => {
        if (key === 'ArrowLeft') set(width - STEP);
        if (key === 'ArrowRight') set(width + STEP);
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        event.preventDefault();
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) set(width + event.movementX);
      }}
      role="separator"
      tabIndex={0}
    />
  );
}

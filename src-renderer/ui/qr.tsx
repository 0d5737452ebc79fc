import { QRCodeSVG } from 'qrcode.react';
import styles from './qr.module.css';

/** A code to scan: on white, with its quiet zone, in both themes. */
export function Qr({ value, label, size = 132 }: { value: string; label: string; size?: number }) {
  return (
    <span className={styles.qr}>
      <QRCodeSVG level="M" marginSize={0} size={size} title={label} value={value} />
    </span>
  );
}

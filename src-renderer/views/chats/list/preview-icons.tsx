import { AttachIcon as Attach, EditIcon as Edit, PictureIcon as Picture } from '../../../ui/icons.tsx';
import styles from './chat-row.module.css';

/** Icons within a line of text. */
const inline = (Icon: typeof Attach) => () => (
  <span className={styles.inline}>
    <Icon size={14} />
  </span>
);
export const AttachIcon = inline(Attach);
export const EditIcon = inline(Edit);
export const PictureIcon = inline(Picture);

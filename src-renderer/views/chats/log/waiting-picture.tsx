import type { ChatFile } from '../../../../src-shared/client/types.ts';
import { useLanguage, useText } from '../../../text/use-text.ts';
import { PictureIcon } from '../../../ui/icons.tsx';
import { sizeText } from '../../../ui/when.ts';
import styles from './files.module.css';

interface WaitingPictureProps {
  file: ChatFile;
  room: { width: number; height: number };
  onLoad: () => void;
}

/** The place of a picture of somebody whom one does not know: fetching it could tell them that somebody looked. */
export function WaitingPicture({ file, room, onLoad }: WaitingPictureProps) {
  const { common, chats } = useText();
  const language = useLanguage();
  const size = file.size === null ? undefined : sizeText(file.size, language, common);
  return (
    <button
      className={`${styles.picture} ${styles.waiting}`}
      onClick={onLoad}
      style={{ width: Math.max(room.width, 200), minHeight: Math.min(room.height, 96) }}
      title={chats.files.whyLoad}
      type="button"
    >
      <PictureIcon size={22} />
      <span className={styles.words}>
        <strong>{chats.files.load}</strong>{' '}
        <small>
          <bdi>{[file.name, size].filter(Boolean).join(' · ')}</bdi>
        </small>
      </span>
    </button>
  );
}

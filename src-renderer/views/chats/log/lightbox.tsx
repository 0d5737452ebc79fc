import { ActionIcon, CloseButton, Modal } from '@mantine/core';
import { useText } from '../../../text/use-text.ts';
import { DownloadIcon } from '../../../ui/icons.tsx';
import styles from './files.module.css';

interface LightboxProps {
  address: string;
  name: string;
  onClose: () => void;
  onSave: () => void;
}

/** A picture as large as the window. */
export function Lightbox({ address, name, onClose, onSave }: LightboxProps) {
  const { common, chats } = useText();
  return (
    <Modal aria-label={name} fullScreen onClose={onClose} opened padding={0} withCloseButton={false}>
      <div className={styles.largeHead}>
        <bdi>{name}</bdi>
        <ActionIcon aria-label={chats.files.save(name)} onClick={onSave} size={34} variant="subtle">
          <DownloadIcon />
        </ActionIcon>
        <CloseButton aria-label={common.close} onClick={onClose} size="lg" />
      </div>
      <div className={styles.large}>
        <img alt={name} src={address} />
      </div>
    </Modal>
  );
}

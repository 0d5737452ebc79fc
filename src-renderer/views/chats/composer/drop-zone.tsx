import { type ReactNode, useState } from 'react';
import { useText } from '../../../text/use-text.ts';
import { AttachIcon } from '../../../ui/icons.tsx';
import { useOpenChat } from '../chat-context.ts';
import styles from './composer.module.css';

interface DropProps {
  isOff: boolean;
  onFiles: (files: readonly File[]) => void;
  children: ReactNode;
}

const hasFiles = (event: React.DragEvent) => event.dataTransfer.types.includes('Files');

/** Files that are dropped anywhere on the conversation go into it. */
export function DropZone({ isOff, onFiles, children }: DropProps) {
  const text = useText().chats.composer;
  const { chat } = useOpenChat();
  const [isOver, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button that attaches is the way of the keyboard
    <div
      className={styles.zone}
      onDragEnter={(event) => hasFiles(event) && !isOff && setOver(true)}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDragOver={(event) => hasFiles(event) && event.preventDefault()}
      onDrop={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(false);
        if (!isOff) onFiles([...event.dataTransfer.files]);
      }}
    >
      {children}
      {isOver && (
        <div className={styles.over}>
          <AttachIcon size={22} />
          {text.drop(chat.name)}
        </div>
      )}
    </div>
  );
}

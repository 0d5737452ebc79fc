import { ActionIcon, Button } from '@mantine/core';
import { useLanguage, useText } from '../../../text/use-text.ts';
import { CloseIcon, FileIcon } from '../../../ui/icons.tsx';
import { sizeText } from '../../../ui/when.ts';
import { useObjectAddress } from '../use-object-address.ts';
import styles from './composer.module.css';
import type { HeldFile } from './upload-store.ts';

interface HeldListProps {
  list: readonly HeldFile[];
  onSend: () => void;
  onDrop: (id: number) => void;
}

/** What was pasted, before it goes: a clipboard may hold another picture than one thinks. */
export function HeldList({ list, onSend, onDrop }: HeldListProps) {
  const { chats } = useText();
  const words = chats.uploads;
  return (
    <section aria-label={words.held} className={styles.held}>
      <ul className={styles.uploads}>
        {list.map((one) => (
          <Held held={one} key={one.id} onDrop={() => onDrop(one.id)} />
        ))}
      </ul>
      <Button onClick={onSend} size="compact-sm">
        {words.sendHeld(list.length)}
      </Button>
    </section>
  );
}

function Held({ held: { file }, onDrop }: { held: HeldFile; onDrop: () => void }) {
  const { common, chats } = useText();
  const language = useLanguage();
  const isPicture = file.type.startsWith('image/');
  const address = useObjectAddress(isPicture ? file : undefined);
  const name = chats.uploads.dropHeld(file.name);
  return (
    <li className={styles.upload}>
      {address ? <img alt="" className={styles.preview} src={address} /> : <FileIcon />}
      <div className={styles.uploadWords}>
        <bdi title={file.name}>{file.name}</bdi>
        <small>
          {sizeText(file.size, language, common)} · {chats.uploads.notSent}
        </small>
      </div>
      <ActionIcon aria-label={name} onClick={onDrop} size={28} title={name} variant="subtle">
        <CloseIcon size={16} />
      </ActionIcon>
    </li>
  );
}

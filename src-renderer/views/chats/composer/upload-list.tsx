import { ActionIcon, Button, Progress } from '@mantine/core';
import { useLanguage, useText } from '../../../text/use-text.ts';
import { CloseIcon, FileIcon, PictureIcon } from '../../../ui/icons.tsx';
import { sizeText } from '../../../ui/when.ts';
import styles from './composer.module.css';
import type { Upload } from './upload-store.ts';

interface ListProps {
  list: readonly Upload[];
  onAgain: (id: number) => void;
  onCancel: (id: number) => void;
}

/** Files on their way: how far, and how to end it; or why one did not go. */
export function UploadList({ list, onAgain, onCancel }: ListProps) {
  const { common, chats } = useText();
  const words = chats.uploads;
  const language = useLanguage();
  return (
    <ul className={styles.uploads}>
      {list.map(({ id, file, share, problem }) => (
        <li className={styles.upload} key={id}>
          {file.type.startsWith('image/') ? <PictureIcon /> : <FileIcon />}
          <div className={styles.uploadWords}>
            <bdi title={file.name}>{file.name}</bdi>
            {problem ? (
              <small className={styles.bad} role="alert">
                {problem.message}
              </small>
            ) : (
              <>
                <small>
                  {sizeText(file.size, language, common)} ·{' '}
                  {share >= 1 ? words.finishing : words.progress(Math.round(share * 100))}
                </small>
                <Progress aria-label={words.of(file.name)} size={4} value={share * 100} />
              </>
            )}
          </div>
          {problem && (
            <Button onClick={() => onAgain(id)} size="compact-sm" variant="default">
              {common.tryAgain}
            </Button>
          )}
          <ActionIcon
            aria-label={words.cancel(file.name)}
            onClick={() => onCancel(id)}
            size={28}
            title={words.cancel(file.name)}
            variant="subtle"
          >
            <CloseIcon size={16} />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}

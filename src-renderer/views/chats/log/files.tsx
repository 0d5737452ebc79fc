import { ActionIcon, Loader, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ChatFile, ChatMessage } from '../../../../src-shared/client/types.ts';
import { fileBytes, pictureQuery, save } from '../../../queries/files.ts';
import { useSetting } from '../../../queries/settings.ts';
import { useLanguage, useText } from '../../../text/use-text.ts';
import { DownloadIcon, FileIcon, WarningIcon } from '../../../ui/icons.tsx';
import { toastProblem } from '../../../ui/toasts.tsx';
import { sizeText } from '../../../ui/when.ts';
import { useOpenChat } from '../chat-context.ts';
import { useObjectAddress } from '../use-object-address.ts';
import styles from './files.module.css';
import { Lightbox } from './lightbox.tsx';
import { WaitingPicture } from './waiting-picture.tsx';

const SHOWN = /^image\/(png|jpeg|gif|webp|avif)$/;
/** What is larger is fetched only when somebody wants it. */
const SMALL_BYTES = 8_000_000;

/** The files of a message: pictures as pictures, everything else by its name. */
export function Files({ message }: { message: ChatMessage; isOwn: boolean }) {
  const { chat } = useOpenChat();
  const isAll = useSetting('window_load_pictures') === 'all';
  // A bot of a room stands there among others; what went out from here is the person's own.
  const isKnown = message.outgoing || chat.kind === 'self' || chat.kind === 'bot' || chat.contact;
  return (
    <div className={styles.files}>
      {message.files.map((file, index) => {
        const isPicture = SHOWN.test(file.type) && file.path !== null && (file.size ?? 0) <= SMALL_BYTES;
        const key = `${index} ${file.name}`;
        return isPicture ? (
          <Picture file={file} isWanted={isAll || isKnown} key={key} />
        ) : (
          <NamedFile file={file} key={key} />
        );
      })}
    </div>
  );
}

const MAX_WIDTH = 360;
const MAX_HEIGHT = 280;

/** The room a picture gets before it is there, so nothing moves when it comes. */
function roomOf({ width, height }: ChatFile) {
  const [w, h] = [width ?? 320, height ?? 200];
  const scale = Math.min(1, MAX_WIDTH / w, MAX_HEIGHT / h);
  return { width: Math.max(48, Math.round(w * scale)), height: Math.max(48, Math.round(h * scale)) };
}

/** A picture. `isWanted`: it is fetched when it comes into sight; any other is when somebody asks for it. */
function Picture({ file, isWanted }: { file: ChatFile; isWanted: boolean }) {
  const text = useText().chats.files;
  const [isAsked, setAsked] = useState(false);
  const { data, error } = useQuery({ ...pictureQuery(file.path ?? ''), enabled: isWanted || isAsked });
  const address = useObjectAddress(data);
  const [isOpen, setOpen] = useState(false);
  const [isBroken, setBroken] = useState(false);
  if (error) return <NamedFile file={{ ...file, problem: error.message }} />;
  if (isBroken) return <NamedFile file={{ ...file, problem: text.broken }} />;
  if (!isWanted && !isAsked && !data)
    return <WaitingPicture file={file} onLoad={() => setAsked(true)} room={roomOf(file)} />;
  return (
    <>
      <button
        aria-label={text.enlarge(file.name)}
        className={styles.picture}
        onClick={() => setOpen(true)}
        style={roomOf(file)}
        type="button"
      >
        {address && <img alt="" draggable={false} onError={() => setBroken(true)} src={address} />}
      </button>
      {isOpen && address && (
        <Lightbox
          address={address}
          name={file.name}
          onClose={() => setOpen(false)}
          onSave={() => data && save(data, file.name)}
        />
      )}
    </>
  );
}

function NamedFile({ file }: { file: ChatFile }) {
  const { common, chats } = useText();
  const language = useLanguage();
  const [isSaving, setSaving] = useState(false);
  const { path, name, size, problem } = file;
  async function download() {
    if (path === null) return;
    setSaving(true);
    try {
      save(await fileBytes(path, AbortSignal.timeout(600_000)), name);
    } catch (error) {
      toastProblem(error as Error);
    } finally {
      setSaving(false);
    }
  }
  const kind = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toUpperCase();
  const about = [kind, size === null ? undefined : sizeText(size, language, common)]
    .filter(Boolean)
    .join(' · ');
  return (
    <div className={styles.file}>
      <span className={problem === null ? styles.sign : `${styles.sign} ${styles.bad}`}>
        {problem === null ? <FileIcon /> : <WarningIcon />}
      </span>
      <span className={styles.words}>
        <bdi className={styles.name} title={name}>
          {name}
        </bdi>
        <small>{problem ?? (about === '' ? chats.files.unknownSize : about)}</small>
      </span>
      {path !== null && (
        <Tooltip label={chats.files.save(name)}>
          <ActionIcon
            aria-label={chats.files.save(name)}
            onClick={() => void download()}
            size={34}
            variant="default"
          >
            {isSaving ? <Loader size={16} /> : <DownloadIcon />}
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  );
}

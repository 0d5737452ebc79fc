import { Menu, Popover } from '@mantine/core';
import { modals } from '@mantine/modals';
import { lazy, Suspense, useState } from 'react';
import type { ChatMessage } from '../../../../src-shared/client/types.ts';
import { useText } from '../../../text/use-text.ts';
import {
  CopyIcon,
  DeleteIcon,
  EditIcon,
  InfoIcon,
  MoreIcon,
  ReactIcon,
  ReplyIcon,
} from '../../../ui/icons.tsx';
import { toast } from '../../../ui/toasts.tsx';
import { useOpenChat } from '../chat-context.ts';
import { MessageInfo } from './message-info.tsx';
import styles from './message-tools.module.css';

const EmojiPicker = lazy(async () => ({ default: (await import('../emoji/emoji-picker.tsx')).EmojiPicker }));

/** What can be done with a message, beside it. */
export function MessageTools({ message, isOwn }: { message: ChatMessage; isOwn: boolean }) {
  const { common, chats } = useText();
  const words = chats.tools;
  const { reply, edit, react, retract, nameOf } = useOpenChat();
  const [isPicking, setPicking] = useState(false);
  const canChange = message.outgoing && message.by === 'person' && message.files.length === 0;
  return (
    <div className={`${styles.tools} ${isOwn ? styles.own : ''}`}>
      <Popover onChange={setPicking} opened={isPicking} position="top" shadow="md" trapFocus withinPortal>
        <Popover.Target>
          <button
            aria-expanded={isPicking}
            aria-label={words.react}
            onClick={() => setPicking(!isPicking)}
            title={words.react}
            type="button"
          >
            <ReactIcon size={16} />
          </button>
        </Popover.Target>
        <Popover.Dropdown p={0}>
          <Suspense fallback={null}>
            <EmojiPicker
              onPick={(emoji) => {
                setPicking(false);
                react(message, emoji);
              }}
            />
          </Suspense>
        </Popover.Dropdown>
      </Popover>
      <button aria-label={words.reply} onClick={() => reply(message)} title={words.reply} type="button">
        <ReplyIcon size={16} />
      </button>
      <Menu position="bottom-end" shadow="md" width={220}>
        <Menu.Target>
          <button aria-label={words.more} title={words.more} type="button">
            <MoreIcon size={16} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            disabled={message.text === ''}
            leftSection={<CopyIcon size={16} />}
            onClick={() => void navigator.clipboard.writeText(message.text).then(() => toast(common.copied))}
          >
            {words.copy}
          </Menu.Item>
          {canChange && (
            <Menu.Item leftSection={<EditIcon size={16} />} onClick={() => edit(message)}>
              {words.edit}
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={<InfoIcon size={16} />}
            onClick={() =>
              modals.open({
                title: words.info,
                centered: true,
                children: <MessageInfo message={message} name={nameOf(message)} />,
              })
            }
          >
            {words.info}
          </Menu.Item>
          {message.outgoing && (
            <>
              <Menu.Divider />
              <Menu.Item
                c="var(--bm-bad)"
                leftSection={<DeleteIcon size={16} />}
                onClick={() => retract(message)}
              >
                {words.retract}…
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

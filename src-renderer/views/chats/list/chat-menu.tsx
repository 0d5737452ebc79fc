import { Menu } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { Chat } from '../../../../src-shared/client/types.ts';
import { changeChat, readChat, removeChat } from '../../../../src-shared/client/window.ts';
import { engine } from '../../../client.ts';
import { paths } from '../../../places.ts';
import { type ChatKey, messagesQuery, placeChat, sameChat } from '../../../queries/chats.ts';
import { useText } from '../../../text/use-text.ts';
import { confirmHarm } from '../../../ui/confirm.tsx';
import { BotIcon, CopyIcon, DeleteIcon, MarkReadIcon, MutedIcon } from '../../../ui/icons.tsx';
import { toast, toastProblem } from '../../../ui/toasts.tsx';

export interface MenuAt {
  chat: Chat;
  x: number;
  y: number;
}

/** What can be done with a conversation, where the pointer is. */
export function ChatMenu({
  at,
  onClose,
  open,
}: {
  at: MenuAt | undefined;
  onClose: () => void;
  open: ChatKey | undefined;
}) {
  const words = useText().chats.menu;
  return (
    <Menu onClose={onClose} opened={at !== undefined} position="bottom-start" shadow="md" width={240}>
      <Menu.Target>
        <button
          aria-label={words.label}
          style={{ position: 'fixed', left: at?.x ?? 0, top: at?.y ?? 0, width: 1, height: 1, opacity: 0 }}
          tabIndex={-1}
          type="button"
        />
      </Menu.Target>
      <Menu.Dropdown>
        {at && <ChatMenuItems chat={at.chat} isOpen={open !== undefined && sameChat(at.chat, open)} />}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The same, for any menu. */
export function ChatMenuItems({ chat, isOpen }: { chat: Chat; isOpen: boolean }) {
  const text = useText();
  const client = useQueryClient();
  const [, go] = useLocation();
  const { account, jid, name, unread, muted, last, kind, bot_id } = chat;
  const words = text.chats.menu;

  const mute = async () => {
    try {
      placeChat(client, chat, await changeChat(engine, { account, jid, muted: !muted }));
    } catch (error) {
      toastProblem(error as Error);
    }
  };
  const markRead = () =>
    last &&
    void readChat(engine, { account, jid, up_to: last.id }).catch((error: Error) => toastProblem(error));
  const forget = () =>
    confirmHarm({
      title: words.forgetTitle(name),
      body: words.forgetBody,
      action: words.forget,
      async run() {
        await removeChat(engine, { account, jid });
        client.removeQueries({ queryKey: messagesQuery(chat).queryKey });
        toast(words.forgotten);
        if (isOpen && kind !== 'self') go(paths.chat(account, account));
      },
    });

  return (
    <>
      <Menu.Item disabled={unread === 0} leftSection={<MarkReadIcon size={16} />} onClick={markRead}>
        {words.markRead}
      </Menu.Item>
      <Menu.Item leftSection={<MutedIcon size={16} />} onClick={() => void mute()}>
        {muted ? words.unmute : words.mute}
      </Menu.Item>
      <Menu.Item
        leftSection={<CopyIcon size={16} />}
        onClick={() => void navigator.clipboard.writeText(jid).then(() => toast(text.common.copied))}
      >
        {words.copyAddress}
      </Menu.Item>
      {bot_id !== null && (
        <Menu.Item leftSection={<BotIcon size={16} />} onClick={() => go(paths.bot(bot_id))}>
          {words.openBot}
        </Menu.Item>
      )}
      <Menu.Divider />
      <Menu.Item c="var(--bm-bad)" leftSection={<DeleteIcon size={16} />} onClick={forget}>
        {words.forget}…
      </Menu.Item>
    </>
  );
}

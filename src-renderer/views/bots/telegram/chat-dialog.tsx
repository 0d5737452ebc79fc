import { Modal } from '@mantine/core';
import { useState } from 'react';
import type { BotTelegram } from '../../../../src-shared/api/telegram.ts';
import { useTelegramChange } from '../../../queries/bot-telegram.ts';
import type { Bot } from '../../../queries/bots.ts';
import { useText } from '../../../text/use-text.ts';
import { toastProblem, toastStaying, toastWithUndo } from '../../../ui/toasts.tsx';
import { ChatPicker } from './chat-picker.tsx';
import { chatTitle } from './names.ts';
import styles from './telegram.module.css';

interface ChatDialogProps {
  bot: Bot;
  telegram: BotTelegram;
  onClose: () => void;
  onSet: () => void;
}

/** Another chat for a bridge that is set up; it can be taken back. */
export function ChatDialog({ bot: { id }, telegram, onClose, onSet }: ChatDialogProps) {
  const { bots, common } = useText();
  const text = bots.telegram;
  const change = useTelegramChange(id);
  const [saving, setSaving] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const before = telegram.chat?.id;

  async function connect(chatId: string) {
    if (chatId === before) return onClose();
    setSaving(chatId);
    setProblem(undefined);
    try {
      const { warning, chat } = await change({ chat_id: chatId });
      onSet();
      onClose();
      if (warning !== null) toastStaying(warning);
      const undo = () => {
        if (before !== undefined) change({ chat_id: before }).catch(toastProblem);
      };
      toastWithUndo(
        text.chatSet(chat === null ? chatId : chatTitle(chat)),
        { label: common.undo, run: undo },
        `chat of bot ${id}`,
      );
    } catch (error) {
      setProblem((error as Error).message);
      setSaving(undefined);
    }
  }
  return (
    <Modal centered onClose={onClose} opened size={560} title={text.chatChoose}>
      <ChatPicker
        current={before}
        id={id}
        onChoose={(chosen) => void connect(chosen.id)}
        saving={saving}
        token={undefined}
        username={telegram.username}
        wish={0}
      />
      {problem !== undefined && (
        <p className={styles.bad} role="alert">
          {problem}
        </p>
      )}
    </Modal>
  );
}

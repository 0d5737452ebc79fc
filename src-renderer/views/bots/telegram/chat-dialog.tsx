import { Box, Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { BotTelegram } from '../../../../src-shared/api/telegram.ts';
import { removeBotTelegramWebhook } from '../../../../src-shared/client/window.ts';
import { ApiProblem, engine } from '../../../client.ts';
import { useTelegramChange } from '../../../queries/bot-telegram.ts';
import type { Bot } from '../../../queries/bots.ts';
import { useText } from '../../../text/use-text.ts';
import { toast, toastProblem, toastStaying, toastWithUndo } from '../../../ui/toasts.tsx';
import { ChatPicker } from './chat-picker.tsx';
import { ForeignWebhook, type Webhook, webhookOf } from './foreign-webhook.tsx';
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
  /** It is in the way of that chat, or (undefined) of the list of those that wrote. */
  const [inTheWay, setInTheWay] = useState<{ webhook: Webhook; chatId: string | undefined }>();
  const client = useQueryClient();
  const before = telegram.chat?.id;

  async function askAbout(chatId: string | undefined, refusal: string) {
    try {
      const webhook = await webhookOf(id);
      if (webhook) setInTheWay({ webhook, chatId });
      else setProblem(refusal);
    } catch (error) {
      setProblem((error as Error).message);
    }
  }
  async function readAgain() {
    try {
      await removeBotTelegramWebhook(engine, { id });
      setInTheWay(undefined);
      toast(text.webhook.removed);
      await client.invalidateQueries({ queryKey: ['telegram-chats', id] });
    } catch (error) {
      setProblem((error as Error).message);
    }
  }
  async function connect(chatId: string, force = false) {
    if (chatId === before) return onClose();
    setSaving(chatId);
    setProblem(undefined);
    setInTheWay(undefined);
    try {
      const { warning, chat } = await change({ chat_id: chatId, ...(force && { force }) });
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
      const { message } = error as Error;
      if (error instanceof ApiProblem && error.code === 'telegram_webhook') await askAbout(chatId, message);
      else setProblem(message);
      setSaving(undefined);
    }
  }
  return (
    <Modal centered onClose={onClose} opened size={560} title={text.chatChoose}>
      {telegram.waiting > 0 && telegram.chat !== null && (
        <p className={styles.leaves}>{text.chatLeaves(telegram.waiting, chatTitle(telegram.chat))}</p>
      )}
      <ChatPicker
        current={before}
        id={id}
        onChoose={(chosen) => void connect(chosen.id)}
        onHidden={(refusal) => void askAbout(undefined, refusal)}
        saving={saving}
        token={undefined}
        username={telegram.username}
        wish={0}
      />
      {inTheWay && (
        <Box mt="md">
          {' '}
          <ForeignWebhook
            onKeep={() => setInTheWay(undefined)}
            remove={() => (inTheWay.chatId === undefined ? readAgain() : connect(inTheWay.chatId, true))}
            webhook={inTheWay.webhook}
          />
        </Box>
      )}
      {problem !== undefined && (
        <p className={styles.bad} role="alert">
          {problem}
        </p>
      )}
    </Modal>
  );
}

import { Button, Input, TextInput, UnstyledButton } from '@mantine/core';
import type { BotTelegram } from '../../../../src-shared/api/telegram.ts';
import { useText } from '../../../text/use-text.ts';
import { SwitchIcon } from '../../../ui/icons.tsx';
import { BELOW } from '../ai/below.ts';
import { ChatMark } from './chat-mark.tsx';
import { chatPlace, chatTitle } from './names.ts';
import styles from './telegram.module.css';

interface ConnectedProps {
  telegram: BotTelegram;
  onToken: () => void;
  onChat: () => void;
}

/** The Telegram bot that speaks, and the chat where it does. */
export function Connected({ telegram, onToken, onChat }: ConnectedProps) {
  const all = useText();
  const text = all.bots.telegram;
  const { chat, token } = telegram;
  const title = chat === null ? text.chatChoose : chatTitle(chat);
  return (
    <div className={styles.pair}>
      <TextInput
        {...BELOW}
        classNames={{ input: styles.mono ?? '' }}
        description={text.tokenFrom}
        label={text.token}
        readOnly
        rightSection={
          <Button aria-label={text.replaceOf} mr={4} onClick={onToken} size="compact-sm" variant="subtle">
            {text.replace}
          </Button>
        }
        rightSectionWidth="auto"
        value={token ?? ''}
      />
      <Input.Wrapper
        {...BELOW}
        description={chat === null ? undefined : chatPlace(chat, all)}
        label={text.chat}
        labelElement="div"
      >
        <UnstyledButton
          aria-haspopup="dialog"
          aria-label={chat === null ? text.chatChoose : text.chatOf(title)}
          className={styles.chat ?? ''}
          onClick={onChat}
        >
          {chat !== null && <ChatMark chat={chat} size={20} />}
          <span className={styles.chatName} data-may-be-cut title={title}>
            <bdi>{title}</bdi>
          </span>
          <SwitchIcon size={16} />
        </UnstyledButton>
      </Input.Wrapper>
    </div>
  );
}

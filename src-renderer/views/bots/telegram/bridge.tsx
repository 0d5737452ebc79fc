import { useState } from 'react';
import type { BotTelegram } from '../../../../src-shared/api/telegram.ts';
import type { Bot } from '../../../queries/bots.ts';
import { AiAnswers } from './ai-answers.tsx';
import { ChatDialog } from './chat-dialog.tsx';
import { Connected } from './connected.tsx';
import { Direction } from './direction.tsx';
import { Forget } from './forget.tsx';
import { Recent } from './recent.tsx';
import styles from './telegram.module.css';
import { TelegramHead } from './telegram-head.tsx';
import { TestRow } from './test-row.tsx';
import { TokenDialog } from './token-dialog.tsx';
import { Trouble } from './trouble.tsx';
import type { Tries } from './use-tries.ts';

export interface BridgeProps {
  bot: Bot;
  telegram: BotTelegram;
  tries: Tries;
}

/** A bridge that is set up: how it goes, what it connects, and what crossed it. */
export function Bridge({ bot, telegram, tries }: BridgeProps) {
  const [dialog, setDialog] = useState<'token' | 'chat'>();
  const close = () => setDialog(undefined);
  return (
    <div className={styles.tab}>
      <TelegramHead bot={bot} telegram={telegram} />
      <Trouble
        bot={bot}
        onChat={() => setDialog('chat')}
        onHello={() => void tries.hello()}
        onToken={() => setDialog('token')}
        telegram={telegram}
      />
      <Direction bot={bot} telegram={telegram} />
      <Connected onChat={() => setDialog('chat')} onToken={() => setDialog('token')} telegram={telegram} />
      <TestRow telegram={telegram} tries={tries} />
      <AiAnswers bot={bot} telegram={telegram} />
      <Recent bot={bot} telegram={telegram} />
      <Forget bot={bot} onForgotten={tries.forget} telegram={telegram} />
      {dialog === 'token' && <TokenDialog bot={bot} onClose={close} onReplaced={tries.forget} />}
      {dialog === 'chat' && <ChatDialog bot={bot} onClose={close} onSet={tries.forget} telegram={telegram} />}
    </div>
  );
}

import type { BotTelegram } from '../../../../src-shared/api/telegram.ts';
import { useTelegramChange } from '../../../queries/bot-telegram.ts';
import type { Bot } from '../../../queries/bots.ts';
import { useLanguage, useText } from '../../../text/use-text.ts';
import type { DotState } from '../../../ui/dot-state.ts';
import { StateDot } from '../../../ui/state-dot.tsx';
import { toastStaying } from '../../../ui/toasts.tsx';
import { pointWhen } from '../../../ui/when.ts';
import { SwitchHead } from '../detail/switch-head.tsx';
import styles from './telegram.module.css';
import { needsPerson } from './troubles.ts';

interface TelegramHeadProps {
  bot: Bot;
  telegram: BotTelegram;
}

/** Whether it runs, and how. */
export function TelegramHead({ bot, telegram }: TelegramHeadProps) {
  const text = useText().bots.telegram;
  const change = useTelegramChange(bot.id);

  async function put(enabled: boolean): Promise<void> {
    const { warning } = await change({ enabled });
    if (warning !== null) toastStaying(warning);
  }
  return (
    <SwitchHead bot={bot} isOn={telegram.enabled} put={put} state={<State telegram={telegram} />} text={text}>
      {text.lead[bot.mode === 'dedicated' ? 'dedicated' : 'personal']}{' '}
      {telegram.waiting > 0 && text.waiting(telegram.waiting)}
    </SwitchHead>
  );
}

/** How it is, in a shape, a colour and words. */
function State({ telegram: { state, trouble } }: { telegram: BotTelegram }) {
  const { states } = useText().bots.telegram;
  const language = useLanguage();
  const [look, dot, words] = ((): [string, DotState, string] => {
    if (state === 'online') return ['ok', 'on', states.online];
    if (state === 'connecting') return ['info', 'connecting', states.connecting];
    if (state === 'off') return ['off', 'off', states.off];
    if (trouble === null) return ['info', 'connecting', states.connecting];
    const since = pointWhen(trouble.since, language);
    return needsPerson(trouble.kind)
      ? ['bad', 'failed', states.fails(since)]
      : ['warn', 'waiting', states.paused(since)];
  })();
  return (
    <span className={styles.state} data-look={look} role="status">
      <StateDot state={dot} />
      {words}
    </span>
  );
}

import { Radio } from '@mantine/core';
import type { TelegramMode } from '../../../../src-shared/api/telegram.ts';
import { useText } from '../../../text/use-text.ts';
import { BothWaysIcon, OneWayIcon } from '../../../ui/icons.tsx';
import styles from './direction-cards.module.css';

/** In the order in which they are shown. */
const WAYS: readonly TelegramMode[] = ['bridge', 'forward'];

interface DirectionCardsProps {
  label: string;
  value: TelegramMode;
  onChoose: (mode: TelegramMode) => void;
  /** A heading above says it already. */
  withoutLabel?: boolean;
}

/** Both ways, or to Telegram only. */
export function DirectionCards({ label, value, onChoose, withoutLabel = false }: DirectionCardsProps) {
  const { modes, sides } = useText().bots.telegram;
  return (
    <Radio.Group
      {...(withoutLabel ? { 'aria-label': label } : { label })}
      onChange={(mode) => onChoose(mode as TelegramMode)}
      value={value}
    >
      <div className={styles.cards}>
        {WAYS.map((mode) => (
          <Radio.Card
            aria-label={`${modes[mode].title}. ${modes[mode].body}`}
            className={styles.card ?? ''}
            key={mode}
            radius="md"
            value={mode}
          >
            <Radio.Indicator />
            <span className={styles.words}>
              <strong>{modes[mode].title}</strong>
              <span aria-hidden="true" className={styles.way}>
                <span>{sides.xmpp}</span>
                {mode === 'bridge' ? <BothWaysIcon size={16} /> : <OneWayIcon size={16} />}
                <span>{sides.telegram}</span>
              </span>
              <span className={styles.body}>{modes[mode].body}</span>
            </span>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}

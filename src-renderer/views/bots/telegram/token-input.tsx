import { PasswordInput } from '@mantine/core';
import { useText } from '../../../text/use-text.ts';
import { BELOW } from '../ai/below.ts';
import styles from './telegram.module.css';

interface TokenInputProps {
  value: string;
  onChange: (value: string) => void;
  description?: string;
  error?: string | undefined;
  isFirst?: boolean;
}

/** The token of a Telegram bot, hidden as it is typed. */
export function TokenInput({ value, onChange, description, error, isFirst = false }: TokenInputProps) {
  const { label } = useText().bots.telegram.setUp.token;
  return (
    <PasswordInput
      {...BELOW}
      autoComplete="off"
      classNames={{ innerInput: styles.mono ?? '' }}
      data-autofocus={isFirst || undefined}
      description={error === undefined ? description : undefined}
      error={error}
      flex={1}
      label={label}
      onChange={(event) => onChange(event.currentTarget.value)}
      spellCheck={false}
      value={value}
    />
  );
}

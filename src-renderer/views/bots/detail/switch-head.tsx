import { Alert, Button, Switch, Title } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Bot } from '../../../queries/bots.ts';
import { useText } from '../../../text/use-text.ts';
import { WarningIcon } from '../../../ui/icons.tsx';
import { toastProblem, toastWithUndo } from '../../../ui/toasts.tsx';
import { useBotActs } from '../use-bot-acts.tsx';
import styles from './switch-head.module.css';

/** What the place is called, and what is said of its switch. */
interface SwitchWords {
  title: string;
  switchOf: (name: string) => string;
  switchedOn: (name: string) => string;
  switchedOff: (name: string) => string;
  botOff: (name: string) => string;
  botOn: string;
}

interface SwitchHeadProps {
  bot: Bot;
  text: SwitchWords;
  /** What it is about, below its title. */
  children: ReactNode;
  /** How it is, before the switch. */
  state?: ReactNode;
  isOn: boolean;
  isDisabled?: boolean;
  /** Asks before something is lost, and then calls what it was given. */
  before?: ((enabled: boolean, go: () => Promise<void>) => boolean) | undefined;
  put: (enabled: boolean) => Promise<void>;
}

/** The head of a tab with something of a bot that can be switched. The switch has effect at once, and can be undone. */
export function SwitchHead(props: SwitchHeadProps) {
  const { bot, text, children, state, isOn, isDisabled = false, before, put } = props;
  const { common } = useText();
  const acts = useBotActs();
  // What was wished, until the engine has said what is.
  const [wished, setWished] = useState<boolean>();

  async function set(enabled: boolean): Promise<void> {
    setWished(enabled);
    try {
      await put(enabled);
    } finally {
      setWished(undefined);
    }
  }
  function turn(enabled: boolean): void {
    if (before?.(enabled, () => set(enabled))) return;
    set(enabled).then(
      () =>
        toastWithUndo(
          enabled ? text.switchedOn(bot.name) : text.switchedOff(bot.name),
          { label: common.undo, run: () => void set(!enabled).catch(toastProblem) },
          `${text.title} of bot ${bot.id}`,
        ),
      toastProblem,
    );
  }
  return (
    <>
      <div className={styles.head}>
        <div className={styles.words}>
          <Title order={2} size="lg">
            {text.title}
          </Title>
          <p>{children}</p>
        </div>
        {state}
        <Switch
          aria-label={text.switchOf(bot.name)}
          checked={wished ?? isOn}
          disabled={isDisabled || wished !== undefined}
          onChange={(event) => turn(event.currentTarget.checked)}
          size="md"
        />
      </div>
      {isOn && bot.status !== 'active' && (
        <Alert className={styles.alert ?? ''} color="yellow" icon={<WarningIcon />} variant="light">
          <div className={styles.alertBody}>
            <span>{text.botOff(bot.name)}</span>
            <Button onClick={() => void acts.setActive(bot, true)} size="xs" variant="default">
              {text.botOn}
            </Button>
          </div>
        </Alert>
      )}
    </>
  );
}

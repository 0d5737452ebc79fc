import { Radio, Switch, Textarea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { BotSettingKey } from '../../../../src-shared/api/bot-settings.ts';
import { setBotSetting } from '../../../../src-shared/client/window.ts';
import { engine } from '../../../client.ts';
import { type Bot, botSettingsQuery } from '../../../queries/bots.ts';
import { useText } from '../../../text/use-text.ts';
import { Answered } from '../../../ui/answered.tsx';
import { toast, toastProblem } from '../../../ui/toasts.tsx';
import { AvatarSetting } from './avatar-setting.tsx';
import styles from './bot-detail.module.css';

/** The settings of a bot that concern its mode; each has effect at once. */
export function BotSettings({ bot }: { bot: Bot }) {
  const { bots, common } = useText();
  const text = bots.tabs.settings;
  const client = useQueryClient();
  const query = useQuery(botSettingsQuery(bot.id));

  async function set(key: BotSettingKey, value: string | boolean): Promise<string | undefined> {
    try {
      await setBotSetting(engine, { id: bot.id, key, value });
      toast(common.saved);
      return undefined;
    } catch (error) {
      return (error as Error).message;
    } finally {
      await client.invalidateQueries({ queryKey: botSettingsQuery(bot.id).queryKey });
    }
  }
  const turn = async (key: BotSettingKey, value: string | boolean) => {
    const problem = await set(key, value);
    if (problem !== undefined) toastProblem(new Error(problem));
  };
  return (
    <Answered query={query} skeleton={null}>
      {(settings) => {
        const settingOf = (key: BotSettingKey) => settings.find((setting) => setting.key === key)?.value;
        return (
          <div className={styles.fields}>
            <AvatarSetting bot={bot} />
            {bot.mode === 'personal' && (
              <>
                <Radio.Group
                  label={text.labels.scope}
                  onChange={(value) => void turn('scope', value)}
                  value={String(settingOf('scope') ?? 'self')}
                >
                  {(['self', 'direct', 'all'] as const).map((value) => (
                    <Radio
                      description={text.scopes[value].body}
                      key={value}
                      label={text.scopes[value].title}
                      mt="sm"
                      value={value}
                    />
                  ))}
                </Radio.Group>
                <Switch
                  checked={settingOf('encrypted') === true}
                  label={text.labels.encrypted}
                  onChange={(event) => void turn('encrypted', event.currentTarget.checked)}
                />
              </>
            )}
            {bot.mode === 'dedicated' && (
              <>
                <Contacts
                  key={String(settingOf('allowed_contacts'))}
                  save={(value) => set('allowed_contacts', value)}
                  value={String(settingOf('allowed_contacts') ?? '')}
                />
                <Switch
                  checked={settingOf('allow_plaintext') === true}
                  description={text.plaintextWarning}
                  label={text.labels.allow_plaintext}
                  onChange={(event) => void turn('allow_plaintext', event.currentTarget.checked)}
                />
              </>
            )}
          </div>
        );
      }}
    </Answered>
  );
}

/** Saved when one leaves it; what the engine refuses stays to be mended. */
function Contacts({ value, save }: { value: string; save: (value: string) => Promise<string | undefined> }) {
  const text = useText().bots.tabs.settings;
  const [typed, setTyped] = useState(value);
  const [problem, setProblem] = useState<string>();
  return (
    <Textarea
      autosize
      description={text.contactsHelp}
      error={problem}
      label={text.labels.allowed_contacts}
      onBlur={async () => {
        if (typed !== value) setProblem(await save(typed));
      }}
      onChange={(event) => setTyped(event.currentTarget.value)}
      spellCheck={false}
      value={typed}
    />
  );
}

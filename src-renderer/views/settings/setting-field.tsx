import { NumberInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SettingKey } from '../../../src-shared/api/settings.ts';
import type { Setting } from '../../../src-shared/client/types.ts';
import { setSetting } from '../../../src-shared/client/window.ts';
import { engine } from '../../client.ts';
import { settingsQuery } from '../../queries/settings.ts';
import { useText } from '../../text/use-text.ts';
import { toastProblem, toastWithUndo } from '../../ui/toasts.tsx';
import { useUnsaved } from '../../ui/unsaved.ts';
import { SettingRow } from './setting-row.tsx';

type Value = Setting['value'];

/** A setting as the engine describes it; what is chosen or typed has effect at once, and can be undone. */
export function SettingField({ name }: { name: SettingKey }) {
  const { data } = useQuery(settingsQuery);
  const setting = data?.find(({ key }) => key === name);
  return setting === undefined ? null : <Field name={name} setting={setting} />;
}

function Field({ name, setting }: { name: SettingKey; setting: Setting }) {
  const { settings, common } = useText();
  const client = useQueryClient();
  // What is typed and not taken yet; a refusal leaves it to be mended.
  const [given, setGiven] = useState<Value>();
  const [problem, setProblem] = useState<string>();
  const { label, type, value: before } = setting;
  const typed = given ?? before;
  // What was refused, or is being typed: all else is taken at once.
  useUnsaved(
    typed !== before &&
      (problem !== undefined || type === 'text' || type === 'long-text' || type === 'number'),
  );
  const own: string | undefined = settings.help[name as keyof typeof settings.help];
  const help = own ?? setting.summary;

  async function put(value: Value) {
    await setSetting(engine, { key: name, value });
    await client.invalidateQueries({ queryKey: settingsQuery.queryKey });
  }
  async function set(value: Value) {
    setGiven(value);
    setProblem(undefined);
    if (value === before) return;
    try {
      await put(value);
      setGiven(undefined);
      toastWithUndo(settings.saved(label), {
        label: common.undo,
        run: () => void put(before).catch(toastProblem),
      });
    } catch (error) {
      setProblem((error as Error).message);
    }
  }
  const leave = () => void set(typed);
  const onEnter = (event: { key: string }) => event.key === 'Enter' && leave();
  const choices: Record<string, string> = settings.choices[name as keyof typeof settings.choices] ?? {};

  return (
    <SettingRow help={help} isWide={type === 'text' || type === 'long-text'} label={label} problem={problem}>
      {(ids) => {
        if (type === 'flag')
          return (
            <Switch
              {...ids}
              checked={typed === true}
              onChange={(event) => void set(event.currentTarget.checked)}
            />
          );
        if (type === 'choice')
          return (
            <Select
              {...ids}
              allowDeselect={false}
              data={(setting.options ?? []).map((value) => ({ value, label: choices[value] ?? value }))}
              onChange={(value) => value !== null && void set(value)}
              value={String(typed)}
              w={240}
            />
          );
        if (type === 'number')
          return (
            <NumberInput
              {...ids}
              allowDecimal={false}
              // What is out of range is refused in words; nobody wants what was made of it.
              clampBehavior="none"
              error={problem !== undefined}
              onBlur={leave}
              onChange={setGiven}
              onKeyDown={onEnter}
              value={typed as number | string}
              w={120}
              {...(setting.min !== null && { min: setting.min })}
              {...(setting.max !== null && { max: setting.max })}
            />
          );
        const text = {
          ...ids,
          error: problem !== undefined,
          onBlur: leave,
          onChange: (event: { currentTarget: { value: string } }) => setGiven(event.currentTarget.value),
          spellCheck: false,
          value: String(typed),
        };
        return type === 'long-text' ? (
          <Textarea autosize {...text} />
        ) : (
          <TextInput {...text} onKeyDown={onEnter} />
        );
      }}
    </SettingRow>
  );
}

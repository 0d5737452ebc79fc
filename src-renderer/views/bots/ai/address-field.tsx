import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { PROVIDERS } from '../../../../src-shared/ai-providers.ts';
import { useText } from '../../../text/use-text.ts';
import styles from './ai.module.css';
import type { ProviderFieldProps } from './provider-fields.tsx';

/** Where questions go: the usual address of the provider, or one of one's own. */
export function AddressField({ provider, draft }: ProviderFieldProps) {
  const text = useText().bots.ai;
  const { defaultBaseUrl } = PROVIDERS[provider];
  // While it is typed, an empty field is not filled again.
  const [typed, setTyped] = useState<string>();
  const { baseUrl } = draft.values;

  function set(value: string) {
    setTyped(value);
    draft.set('baseUrl', value.trim() === defaultBaseUrl ? '' : value.trim());
  }
  return (
    <div>
      <div className={`${styles.labelLine} ${styles.above}`}>
        <label className={styles.label} htmlFor="ai-address">
          {text.address}
        </label>
        <span id="ai-address-help">{defaultBaseUrl === '' ? text.addressNeeded : text.addressHelp}</span>
        {baseUrl !== '' && defaultBaseUrl !== '' && (
          <button
            className={styles.link}
            onClick={() => {
              setTyped(undefined);
              draft.set('baseUrl', '');
            }}
            type="button"
          >
            {text.addressReset}
          </button>
        )}
      </div>
      <TextInput
        aria-describedby="ai-address-help"
        autoComplete="off"
        classNames={{ input: styles.mono ?? '' }}
        dir="ltr"
        id="ai-address"
        inputMode="url"
        onBlur={() => setTyped(undefined)}
        onChange={(event) => set(event.currentTarget.value)}
        spellCheck={false}
        value={typed ?? (baseUrl || defaultBaseUrl)}
      />
    </div>
  );
}

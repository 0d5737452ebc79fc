import { Anchor, Button, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { PROVIDERS } from '../../../../src-shared/ai-providers.ts';
import type { ProviderName } from '../../../../src-shared/api/ai.ts';
import { useText } from '../../../text/use-text.ts';
import { OutsideIcon } from '../../../ui/icons.tsx';
import styles from './ai.module.css';
import { BELOW } from './below.ts';
import type { ProviderFieldProps } from './provider-fields.tsx';
import { addressOf, nameOf, originOf } from './providers.ts';
import type { SavedSecrets } from './saved-secrets.ts';
import { REMOVED_KEY } from './values.ts';

/** A key is typed once and sealed; what is saved is shown masked, and goes to the origin that it was given for alone. */
export function KeyField({ provider, draft, saved }: ProviderFieldProps & { saved: SavedSecrets }) {
  // Headers alone may be what is bound.
  const boundTo = saved.masked === null ? undefined : saved.boundTo;
  const all = useText();
  const text = all.bots.ai;
  /** Since which save another one is being typed. */
  const [replacing, setReplacing] = useState<number>();
  const isReplacing = replacing === draft.saves;
  const { key, baseUrl } = draft.values;
  const { needsKey } = PROVIDERS[provider];
  const label = needsKey ? text.key : text.keyOptional;
  const name = nameOf(provider, all);

  // On a machine of one's own, as it is usually run.
  if (provider === 'ollama' && saved.masked === null && baseUrl === '' && key === '')
    return (
      <div>
        <p className={styles.label}>{text.key}</p>
        <p className={styles.noKey}>{text.keyNone(name)}</p>
        <Site provider={provider} />
      </div>
    );
  if (key === REMOVED_KEY)
    return (
      <TextInput
        {...BELOW}
        description={text.keyRemoved}
        label={label}
        readOnly
        rightSection={
          <Button onClick={() => draft.set('key', '')} size="compact-sm" variant="subtle">
            {text.keyUndo}
          </Button>
        }
        rightSectionWidth="auto"
        value=""
      />
    );
  if (saved.masked !== null && boundTo === undefined && !isReplacing)
    return (
      <TextInput
        {...BELOW}
        classNames={{ input: styles.mono ?? '' }}
        description={text.keySealed}
        label={label}
        readOnly
        rightSection={
          <span className={styles.inField}>
            {!needsKey && (
              <Button
                aria-label={text.keyRemoveOf}
                onClick={() => draft.set('key', REMOVED_KEY)}
                size="compact-sm"
                variant="subtle"
              >
                {text.keyRemove}
              </Button>
            )}
            <Button
              aria-label={text.keyReplaceOf}
              onClick={() => setReplacing(draft.saves)}
              size="compact-sm"
              variant="subtle"
            >
              {text.keyReplace}
            </Button>
          </span>
        }
        rightSectionWidth="auto"
        value={saved.masked}
      />
    );
  const here = originOf(addressOf(provider, baseUrl)) ?? '';
  return (
    <div>
      <PasswordInput
        {...BELOW}
        autoComplete="off"
        autoFocus={isReplacing}
        classNames={{
          innerInput: styles.mono ?? '',
          description: boundTo === undefined ? '' : (styles.warn ?? ''),
        }}
        description={boundTo === undefined ? text.keyNew : text.keyElsewhere(boundTo, here)}
        label={label}
        onChange={(event) => draft.set('key', event.currentTarget.value)}
        spellCheck={false}
        value={key}
      />
      <div className={styles.under}>
        {isReplacing && boundTo === undefined && (
          <button
            className={styles.link}
            onClick={() => {
              draft.set('key', '');
              setReplacing(undefined);
            }}
            type="button"
          >
            {text.keyKeep}
          </button>
        )}
        {boundTo !== undefined && !needsKey && (
          <button className={styles.link} onClick={() => draft.set('key', REMOVED_KEY)} type="button">
            {text.keyRemoveOf}
          </button>
        )}
        <Site provider={provider} />
      </div>
    </div>
  );
}

/** Where one gets what is asked for; it opens outside. */
function Site({ provider }: { provider: ProviderName }) {
  const all = useText();
  const { sites } = all.bots.ai;
  const { keySite, selfHosted } = PROVIDERS[provider];
  if (keySite === '') return null;
  const name = nameOf(provider, all);
  const words = () => {
    if (provider === 'ollama') return sites.program(name);
    return selfHosted ? sites.guide(name) : sites.key(name);
  };
  return (
    <Anchor className={styles.site ?? ''} href={keySite} rel="noopener noreferrer" size="sm" target="_blank">
      {words()} <OutsideIcon size={14} />
    </Anchor>
  );
}

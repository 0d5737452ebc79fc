import { PROVIDERS } from '../../../../src-shared/ai-providers.ts';
import type { BotAi, ProviderName } from '../../../../src-shared/api/ai.ts';
import type { Bot } from '../../../queries/bots.ts';
import { AddressField } from './address-field.tsx';
import styles from './ai.module.css';
import { HeadersField } from './headers-field.tsx';
import { KeyField } from './key-field.tsx';
import { ModelField } from './model-field.tsx';
import { addressOf } from './providers.ts';
import { lackOfSecrets, savedSecretsOf } from './saved-secrets.ts';
import type { Draft } from './use-draft.ts';
import { REMOVED_KEY } from './values.ts';

export interface ProviderFieldProps {
  bot: Bot;
  ai: BotAi;
  provider: ProviderName;
  draft: Draft;
}

/** Key, model and address of the provider that is chosen. */
export function ProviderFields(props: ProviderFieldProps) {
  const { ai, draft } = props;
  const saved = savedSecretsOf(ai, props.provider, draft.values.baseUrl);
  const { key } = draft.values;
  const hasKey = key !== '' ? key !== REMOVED_KEY : saved.masked !== null && saved.boundTo === undefined;
  const hasAddress = addressOf(props.provider, draft.values.baseUrl) !== '';
  const mayGo = lackOfSecrets(saved, draft.values) === undefined;
  const canAsk = hasAddress && mayGo && (hasKey || !PROVIDERS[props.provider].needsKey);
  return (
    <>
      <div className={styles.pair}>
        <KeyField {...props} saved={saved} />
        <ModelField {...props} canAsk={canAsk} />
      </div>
      <div className={styles.where}>
        <AddressField {...props} />
        <HeadersField {...props} saved={saved} />
      </div>
    </>
  );
}

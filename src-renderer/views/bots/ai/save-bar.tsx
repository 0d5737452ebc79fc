import { Button } from '@mantine/core';
import { PROVIDERS } from '../../../../src-shared/ai-providers.ts';
import { type BotAi, PROMPT_LENGTH } from '../../../../src-shared/api/ai.ts';
import type { Setting } from '../../../../src-shared/client/types.ts';
import type { Bot } from '../../../queries/bots.ts';
import { useText } from '../../../text/use-text.ts';
import { toast } from '../../../ui/toasts.tsx';
import { isInRange } from './limits.tsx';
import { keptOf, nameOf } from './providers.ts';
import styles from './save-bar.module.css';
import { lackOfSecrets, savedSecretsOf } from './saved-secrets.ts';
import type { Draft } from './use-draft.ts';
import { AI_NUMBERS } from './values.ts';

interface SaveBarProps {
  bot: Bot;
  ai: BotAi;
  draft: Draft;
  settings: readonly Setting[];
}

/** What is not saved yet, by name; and why it cannot be, where that is so. */
export function SaveBar({ bot, ai, draft, settings }: SaveBarProps) {
  const text = useText().bots.ai;
  const { changed, problem, isSaving } = draft;
  const lack = useLack({ ai, draft, settings });
  if (changed.length === 0) return null;
  const isFirst = !ai.configured && draft.values.provider !== null;

  async function save(how?: { force: boolean }) {
    if (await draft.save(how)) toast(isFirst ? text.savedFirst(bot.name) : text.saved);
  }
  return (
    <div className={styles.bar}>
      <p className={styles.words}>
        <span aria-hidden="true" className={styles.dot} />
        <span>
          {text.changes(changed.length, changed.map((field) => text.changed[field]).join(', '))}
          {problem ? (
            <b className={styles.bad} role="alert">
              {problem.message}
            </b>
          ) : (
            lack !== undefined && <b className={styles.lack}>{lack}</b>
          )}
        </span>
      </p>
      <div className={styles.acts}>
        <Button onClick={draft.discard} variant="subtle">
          {text.discard}
        </Button>
        {problem?.canInsist ? (
          <Button loading={isSaving} onClick={() => void save({ force: true })}>
            {text.saveAnyway}
          </Button>
        ) : (
          <Button disabled={lack !== undefined} loading={isSaving} onClick={() => void save()}>
            {isFirst ? text.saveFirst : text.save}
          </Button>
        )}
      </div>
    </div>
  );
}

/** What is missing before it can be saved. */
function useLack({ ai, draft: { values }, settings }: Omit<SaveBarProps, 'bot'>): string | undefined {
  const all = useText();
  const text = all.bots.ai;
  const { provider, key, model, baseUrl, system } = values;
  if ([...system].length > PROMPT_LENGTH) return text.promptTooLong;
  const isSound = AI_NUMBERS.every((name) => {
    const setting = settings.find((one) => one.key === name);
    return setting === undefined || isInRange(setting, values[name]);
  });
  if (!isSound) return text.numberWrong;
  if (provider === null) return undefined;
  const { needsKey, defaultBaseUrl } = PROVIDERS[provider];
  const lack = lackOfSecrets(savedSecretsOf(ai, provider, baseUrl), values);
  if (lack !== undefined) return lack === 'key' ? text.keyAgain : text.headersAgain;
  if (needsKey && key === '' && keptOf(ai, provider)?.key == null)
    return text.keyMissing(nameOf(provider, all));
  if (defaultBaseUrl === '' && baseUrl === '') return text.addressMissing;
  return model.trim() === '' ? text.modelMissing : undefined;
}

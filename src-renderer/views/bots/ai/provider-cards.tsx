import { Radio } from '@mantine/core';
import { type BotAi, PROVIDER_NAMES, type ProviderName } from '../../../../src-shared/api/ai.ts';
import { useText } from '../../../text/use-text.ts';
import { KeyIcon, PlusIcon } from '../../../ui/icons.tsx';
import styles from './ai.module.css';
import { cardName, keptOf } from './providers.ts';

/** On the tile of each; no mark of theirs is copied. */
const LETTERS: Partial<Record<ProviderName, string>> = {
  openai: 'O',
  claude: 'C',
  gemini: 'G',
  groq: 'g',
  mistral: 'M',
  deepseek: 'D',
  perplexity: 'P',
  ollama: 'o',
  openclaw: 'W',
};

interface ProviderCardsProps {
  ai: BotAi;
  chosen: ProviderName | null;
  onChoose: (provider: ProviderName) => void;
}

/** Who may answer; those that were set up before say so. */
export function ProviderCards({ ai, chosen, onChoose }: ProviderCardsProps) {
  const text = useText();
  const { ai: words } = text.bots;
  return (
    <Radio.Group label={words.provider} onChange={(name) => onChoose(name as ProviderName)} value={chosen}>
      <div className={styles.cards}>
        {PROVIDER_NAMES.map((provider, index) => {
          const name = cardName(provider, text);
          const isKept = provider !== ai.provider && keptOf(ai, provider) !== undefined;
          return (
            <Radio.Card
              aria-label={isKept ? `${name}, ${words.kept}` : name}
              className={styles.card ?? ''}
              data-compatible={provider === 'compatible' || undefined}
              key={provider}
              radius="md"
              // One stop for Tab, and arrows from there.
              tabIndex={provider === chosen || (chosen === null && index === 0) ? 0 : -1}
              value={provider}
            >
              <span
                aria-hidden="true"
                className={styles.tile}
                data-letter={LETTERS[provider]}
                data-provider={provider}
              >
                {provider === 'compatible' && <PlusIcon size={16} />}
              </span>
              <span className={styles.cardName}>{name}</span>
              {isKept && (
                <span className={styles.kept} title={words.kept}>
                  <KeyIcon size={14} />
                </span>
              )}
            </Radio.Card>
          );
        })}
      </div>
    </Radio.Group>
  );
}

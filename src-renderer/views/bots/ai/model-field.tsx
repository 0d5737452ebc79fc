import { Autocomplete, type ComboboxItem, type OptionsFilter } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { PROVIDERS } from '../../../../src-shared/ai-providers.ts';
import { botAiModelsQuery } from '../../../queries/bot-ai.ts';
import { useText } from '../../../text/use-text.ts';
import { SwitchIcon } from '../../../ui/icons.tsx';
import { useWhen } from '../../../ui/use-when.ts';
import styles from './ai.module.css';
import { BELOW } from './below.ts';
import type { ProviderFieldProps } from './provider-fields.tsx';
import { nameOf } from './providers.ts';

/** So many at once; who looks for another types a part of its name. */
const SHOWN = 200;

/** Each list that was asked for with typed values has a number: what was typed, a key too, stays out of the cache's names. */
let wishes = 0;

/** By what is typed; all of them as long as that is one of them, which then was picked. */
const fitting: OptionsFilter = ({ options, search, limit }) => {
  const wanted = search.trim().toLowerCase();
  const all = options as ComboboxItem[];
  const isPicked = all.some(({ value }) => value.toLowerCase() === wanted);
  return (isPicked ? all : all.filter(({ value }) => value.toLowerCase().includes(wanted))).slice(0, limit);
};

/**
 * One of the models that the provider offers now, or any name. The list is read as the tab opens, where nothing has to be sent
 * for it that is not saved; else when it is asked for.
 */
export function ModelField({ bot, provider, draft, canAsk }: ProviderFieldProps & { canAsk: boolean }) {
  const all = useText();
  const text = all.bots.ai;
  const { model, key, baseUrl, headers } = draft.values;
  const isTyped = key !== '' || headers !== undefined || draft.changed.includes('baseUrl');
  const now = JSON.stringify([provider, baseUrl.trim(), key, headers ?? null]);
  const [wish, setWish] = useState({ of: '', number: 0 });
  const isWished = canAsk && (!isTyped || wish.of === now);
  // What is asked with says nothing of the model and the prompt.
  const { model: _model, system: _system, ...asked } = draft.asked;
  const query = useQuery({
    ...botAiModelsQuery(bot.id, { ...asked, provider }, isTyped ? wish.number : provider),
    enabled: isWished,
  });
  const list = isWished ? query.data : undefined;
  const listed = list?.models.map(({ id }) => id) ?? [];
  // Some providers tell of no model at all.
  const ids = [...new Set(listed.length > 0 ? listed : PROVIDERS[provider].exampleModels)];
  const isUnknown = listed.length > 0 && model.trim() !== '' && !ids.includes(model.trim());

  const read = () => {
    if (isWished) return void query.refetch();
    wishes += 1;
    setWish({ of: now, number: wishes });
  };
  return (
    <div>
      <Autocomplete
        {...BELOW}
        autoComplete="off"
        classNames={{ input: styles.mono ?? '', option: styles.mono ?? '' }}
        comboboxProps={{ shadow: 'md' }}
        data={ids}
        filter={fitting}
        label={provider === 'openclaw' ? text.agent : text.model}
        limit={SHOWN}
        maxDropdownHeight={300}
        onChange={(value) => draft.set('model', value)}
        rightSection={<SwitchIcon size={16} />}
        rightSectionPointerEvents="none"
        spellCheck={false}
        value={model}
      />
      <div className={styles.under}>
        <span aria-live="polite">
          <ModelNote
            error={isWished ? query.error : null}
            isReading={isWished && query.isFetching}
            isUnknown={isUnknown}
            list={list}
            name={nameOf(provider, all)}
          />
        </span>
        {canAsk && !(isWished && query.isFetching) && (
          <button className={styles.link} onClick={read} type="button">
            {list === undefined && !query.error ? text.modelsRead : text.modelsAgain}
          </button>
        )}
      </div>
    </div>
  );
}

interface ModelNoteProps {
  list: { models: readonly unknown[]; read_at: number } | undefined;
  error: Error | null;
  isReading: boolean;
  isUnknown: boolean;
  name: string;
}

/** Where the list comes from, or why there is none, in a line. */
function ModelNote({ list, error, isReading, isUnknown, name }: ModelNoteProps) {
  const text = useText().bots.ai;
  const when = useWhen();
  if (isReading) return text.modelsReading(name);
  if (error) return <span className={styles.bad}>{error.message}</span>;
  if (isUnknown) return <span className={styles.warn}>{text.modelUnknown(name)}</span>;
  if (list?.models.length === 0) return text.modelsUntold(name);
  if (list) return text.models(list.models.length, name, when(list.read_at));
  return text.modelHelp;
}

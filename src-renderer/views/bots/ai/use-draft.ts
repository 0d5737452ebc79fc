import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { AiDraft, BotAi, ProviderName } from '../../../../src-shared/api/ai.ts';
import { changeSettings } from '../../../../src-shared/client/management.ts';
import type { Setting } from '../../../../src-shared/client/types.ts';
import { changeBotAi } from '../../../../src-shared/client/window.ts';
import { ApiProblem, engine } from '../../../client.ts';
import { botAiQuery } from '../../../queries/bot-ai.ts';
import { botSettingsQuery } from '../../../queries/bots.ts';
import { useUnsaved } from '../../../ui/unsaved.ts';
import {
  AI_SETTINGS,
  type Changes,
  draftOf,
  type Field,
  realChanges,
  savedValues,
  settingsIn,
  type Values,
  withProvider,
} from './values.ts';

/** Why it was not saved; `canInsist`: the model is in no list, which may be as the person wants it. */
export interface SaveProblem {
  message: string;
  canInsist: boolean;
}

export interface Draft {
  values: Values;
  changed: readonly Field[];
  set<F extends Field>(field: F, value: Values[F]): void;
  choose(provider: ProviderName): void;
  discard(): void;
  /** What is not saved yet, as the engine takes it. */
  asked: AiDraft;
  save(how?: { force: boolean }): Promise<boolean>;
  isSaving: boolean;
  problem: SaveProblem | undefined;
  /** It is saved, and the provider said why it will not answer. */
  warning: string | undefined;
  /** How often it was saved: what was being typed before is over then. */
  saves: number;
}

/**
 * What is typed over what the engine has. Fields that nobody touched follow the engine, as when somebody sets another model in
 * chat meanwhile.
 */
export function useDraft(id: number, ai: BotAi, settings: readonly Setting[]): Draft {
  const client = useQueryClient();
  const [typed, setTyped] = useState<Changes>({});
  const [problem, setProblem] = useState<SaveProblem>();
  const [saves, setSaves] = useState(0);
  const [warning, setWarning] = useState<string>();
  const [isSaving, setSaving] = useState(false);
  const saved = savedValues(ai, settings);
  const changes = realChanges(typed, saved, ai.header_names.length > 0);
  const values = { ...saved, ...typed };
  const changed = (Object.keys(saved) as Field[]).filter((field) => Object.hasOwn(changes, field));
  useUnsaved(changed.length > 0);

  const put = (next: Changes) => {
    setProblem(undefined);
    setTyped(next);
  };

  async function saveSettings(): Promise<void> {
    const wanted = settingsIn(changes);
    if (Object.keys(wanted).length === 0) return;
    await changeSettings(engine, { id, ...wanted });
    await client.invalidateQueries({ queryKey: botSettingsQuery(id).queryKey });
    void client.invalidateQueries({ queryKey: ['bot', id, 'ai-usage'] });
    setTyped((now) => without(now, AI_SETTINGS));
  }
  async function saveAi(force: boolean): Promise<void> {
    const wanted = draftOf(changes, values);
    if (Object.keys(wanted).length === 0) return;
    // What was switched off stays off when its provider is changed.
    const enabled = ai.configured && wanted.provider !== undefined ? { enabled: ai.enabled } : {};
    const changed = await changeBotAi(engine, { id, ...wanted, ...enabled, ...(force && { force }) });
    const { warning: said, is_key_refused: _, ...next } = changed;
    client.setQueryData(botAiQuery(id).queryKey, next);
    setWarning(said ?? undefined);
    setTyped({});
  }

  return {
    values,
    changed,
    set: (field, value) => put({ ...typed, [field]: value }),
    choose: (provider) => put(withProvider(typed, ai, provider)),
    discard: () => put({}),
    asked: draftOf(changes, values),
    async save({ force } = { force: false }) {
      setSaving(true);
      setProblem(undefined);
      try {
        await saveSettings();
        await saveAi(force);
        setSaves((count) => count + 1);
        return true;
      } catch (error) {
        const { message } = error as Error;
        setProblem({ message, canInsist: error instanceof ApiProblem && isOf(error, values.model) });
        return false;
      } finally {
        setSaving(false);
      }
    },
    isSaving,
    problem,
    warning,
    saves,
  };
}

/** No other refusal of what was given names the model. */
const isOf = ({ message, code }: ApiProblem, model: string) =>
  code === 'bad_request' && model !== '' && message.includes(model.trim());

function without(changes: Changes, fields: readonly Field[]): Changes {
  return Object.fromEntries(
    Object.entries(changes).filter(([field]) => !fields.includes(field as Field)),
  ) as Changes;
}

import type { Caller } from '../../../src-shared/access.ts';
import { PROVIDERS } from '../../../src-shared/ai-providers.ts';
import type { AiDraft, BotAi, ChangeBotAi } from '../../../src-shared/api/ai.ts';
import { refuse } from '../../../src-shared/errors.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import { type Language, translate } from '../../../src-shared/text/translate.ts';
import { checkText } from '../../../src-shared/xml-text.ts';
import type { AddressPolicy } from '../../base/address-guard.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { AiConfigRepository, AiProviderRow } from '../../store/ai-config-repository.ts';
import type { AiDraftRepository } from '../../store/ai-draft-repository.ts';
import type { AiQuestionRepository } from '../../store/ai-question-repository.ts';
import type { AiTurnRepository } from '../../store/ai-turn-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { SensitiveChanges } from '../notices/sensitive-changes.ts';
import type { AiModels, SetUpCheck } from './ai-models.ts';
import { type AiTarget, baseUrlOf, changedRow, providerNamed, targetOf } from './ai-target.ts';
import { setUpsUnderWay } from './set-ups-under-way.ts';

interface AiSetupsDeps {
  store: Store;
  configs: AiConfigRepository;
  drafts: Pick<AiDraftRepository, 'drop'>;
  turns: AiTurnRepository;
  questions: AiQuestionRepository;
  models: AiModels;
  policy: () => AddressPolicy;
  languageOf: (bot: Bot, tx?: Tx) => Promise<Language>;
  changes: Pick<SensitiveChanges, 'tell'>;
  audit: AuditTrail;
  events: Emitter<EngineEvents>;
  /** What is being answered ends: the AI is off, or is to forget. */
  endAll: (botId: BotId) => void;
}

/** What is shown of a key: enough to tell it from another. */
function masked(key: string | undefined): string | null {
  if (key === undefined) return null;
  return key.length < 12 ? '••••' : `${key.slice(0, 3)}…${key.slice(-4)}`;
}

/** What the AI of each bot is set up with: who is asked, with which key, model and prompt. */
export async function aiSetups(deps: AiSetupsDeps) {
  const { store, configs, drafts, turns, questions, models, policy, languageOf, changes, audit, events } =
    deps;
  const { endAll } = deps;
  /** Those whose AI is on, as it is committed: every message asks. */
  const on = new Set<BotId>();
  const underWay = setUpsUnderWay();
  for (const botId of await configs.bots()) if ((await configs.of(botId)).isEnabled) on.add(botId);
  events.on('bot.deleted', ({ botId }) => void on.delete(botId));

  const announce = (tx: Tx, { id: botId }: Bot, isOn: boolean) =>
    tx.afterCommit(() => {
      if (isOn) on.add(botId);
      else on.delete(botId);
      events.emit('ai.changed', { botId });
    });
  const rowOf = (rows: readonly AiProviderRow[], name: string | undefined) =>
    rows.find(({ provider }) => provider === name);
  /** By language: every question needs one. */
  const usual = new Map<Language, string>();
  async function usualSystem(bot: Bot, tx?: Tx): Promise<string> {
    const language = await languageOf(bot, tx);
    const system = usual.get(language) ?? translate(language)('ai.system');
    usual.set(language, system);
    return system;
  }

  /** The provider's row as it would be with these values. */
  async function draftRow(bot: Bot, draft: AiDraft, tx?: Tx): Promise<AiProviderRow> {
    const config = await configs.of(bot.id, tx);
    const name = draft.provider === undefined ? config.provider : providerNamed(draft.provider);
    if (name === undefined) throw refuse('ai.not-set-up', {});
    const kept = rowOf(await configs.providers(bot.id, tx), name);
    return changedRow(kept, name, draft, policy());
  }

  async function forgetTalk(tx: Tx, bot: Bot): Promise<void> {
    await turns.clear(tx, bot.id, undefined);
    await questions.clear(tx, bot.id, undefined);
    tx.afterCommit(() => endAll(bot.id));
  }

  async function shown(bot: Bot): Promise<BotAi> {
    const config = await configs.of(bot.id);
    const rows = await configs.providers(bot.id);
    const row = rowOf(rows, config.provider);
    return {
      enabled: config.isEnabled,
      configured: row !== undefined,
      provider: row?.provider ?? null,
      model: row?.model ?? '',
      base_url: row ? baseUrlOf(row) : '',
      has_own_base_url: row !== undefined && row.baseUrl !== '',
      key: masked(row?.key),
      kept: rows.map(({ provider, model, key, baseUrl }) => ({
        provider,
        model,
        key: masked(key),
        base_url: baseUrl || PROVIDERS[provider].defaultBaseUrl,
      })),
      header_names: Object.keys(row?.headers ?? {}),
      system: config.system ?? (await usualSystem(bot)),
      is_usual_system: config.system === undefined,
      people: await turns.people(bot.id),
      waiting: await questions.countOf(bot.id),
    };
  }

  /** The owner is told when words go somewhere else from now on, and did not say so in chat. */
  async function tellPlace(
    tx: Tx,
    bot: Bot,
    { before, after }: { before: AiProviderRow | undefined; after: AiProviderRow },
    caller: Caller,
  ): Promise<void> {
    const to = new URL(baseUrlOf(after)).origin;
    const from = before && new URL(baseUrlOf(before)).origin;
    // A provider at its own address is named by its name, wherever it was before.
    const isOwn = after.baseUrl === '' && (before === undefined || before.baseUrl === '');
    if (to === from || isOwn) return;
    await changes.tell(tx, bot.id, 'ai-base-url', caller, { host: to, before: from ?? '-' });
  }

  /** Writes a change that was checked, in one unit. */
  const save = (bot: Bot, change: Partial<ChangeBotAi>, caller: Caller): Promise<void> =>
    store.write(async (tx) => {
      const { system, enabled, force: _, ...draft } = change;
      const before = await configs.of(bot.id, tx);
      const next = { ...before };
      if (Object.values(draft).some((one) => one !== undefined)) {
        const row = await draftRow(bot, draft, tx);
        const kept = await configs.providers(bot.id, tx);
        await tellPlace(tx, bot, { before: rowOf(kept, before.provider), after: row }, caller);
        next.provider = row.provider;
        if (draft.provider !== undefined) next.isEnabled = true;
        await configs.saveProvider(tx, bot.id, row);
        await drafts.drop(tx, bot.id);
        const details = `${row.provider} ${row.model} ${new URL(baseUrlOf(row)).origin}`;
        await audit.note(tx, caller, { action: 'ai.setup', botId: bot.id, details });
      }
      if (system !== undefined) {
        next.system = system.trim() || undefined;
        await audit.note(tx, caller, { action: 'ai.system', botId: bot.id });
      }
      if (enabled !== undefined) next.isEnabled = enabled;
      if (next.isEnabled && next.provider === undefined) throw refuse('ai.not-set-up', {});
      await configs.save(tx, bot.id, next);
      if (enabled !== undefined && enabled !== before.isEnabled)
        await audit.note(tx, caller, { action: enabled ? 'ai.on' : 'ai.off', botId: bot.id });
      if (before.isEnabled && !next.isEnabled) await forgetTalk(tx, bot);
      announce(tx, bot, next.isEnabled);
    });

  return {
    /** Whether the AI of a bot answers, or will as soon as its set-up is through: what is asked meanwhile waits for that. */
    isOn: (botId: BotId): boolean => on.has(botId) || underWay.switchesOn(botId),
    shown,

    /** The same as the caller's unit has it; off for a bot that is gone. */
    isOnIn: async (tx: Tx, botId: BotId): Promise<boolean> => (await configs.of(botId, tx)).isEnabled,

    /** Refuses while it is off, or not set up. */
    async requireOn({ id }: Bot, tx: Tx): Promise<void> {
      const { provider, isEnabled } = await configs.of(id, tx);
      if (provider === undefined) throw refuse('ai.not-set-up', {});
      if (!isEnabled) throw refuse('ai.off', {});
    },
    /** Whom a question of the bot goes to, and what it is told about itself. Refuses while it is off, or not set up. */
    async current(bot: Bot): Promise<{ target: AiTarget; system: string }> {
      await underWay.over(bot.id);
      const config = await configs.of(bot.id);
      const row = rowOf(await configs.providers(bot.id), config.provider);
      if (!row) throw refuse('ai.not-set-up', {});
      if (!config.isEnabled) throw refuse('ai.off', {});
      return { target: targetOf(row), system: config.system ?? (await usualSystem(bot)) };
    },
    /** The same with values that are not saved. */
    async draft(bot: Bot, draft: AiDraft): Promise<{ target: AiTarget; system: string }> {
      const { system } = await configs.of(bot.id);
      const given = draft.system?.trim() || (draft.system === undefined ? system : undefined);
      return { target: targetOf(await draftRow(bot, draft)), system: given ?? (await usualSystem(bot)) };
    },
    /** The same where only the list of models is asked for: none has to be chosen yet. */
    listing: async (bot: Bot, draft: AiDraft): Promise<AiTarget> => {
      const config = await configs.of(bot.id);
      const kept = rowOf(await configs.providers(bot.id), draft.provider ?? config.provider);
      return targetOf(await draftRow(bot, { ...draft, model: draft.model ?? kept?.model ?? '-' }));
    },

    /** To be called before any unit, as the provider may be asked. */
    async change(
      bot: Bot,
      change: Partial<ChangeBotAi>,
      caller: Caller,
      signal = new AbortController().signal,
    ): Promise<BotAi & SetUpCheck> {
      const { provider, model, base_url, key, headers, system, enabled, force = false } = change;
      const draft = { provider, model, base_url, key, headers };
      const isOfProvider = Object.values(draft).some((one) => one !== undefined);
      if (system !== undefined) checkText('system', system);
      const target = isOfProvider ? targetOf(await draftRow(bot, draft)) : undefined;
      if (!target || force) {
        await save(bot, change, caller);
        return { ...(await shown(bot)), isKeyRefused: undefined };
      }
      const switchesOn = enabled ?? provider !== undefined;
      return underWay.during({ botId: bot.id, switchesOn }, async () => {
        const isModelNew = provider !== undefined || model !== undefined;
        const check = await models.check(target, { isModelNew, signal });
        await save(bot, change, caller);
        return { ...(await shown(bot)), ...check };
      });
    },

    async setEnabled(tx: Tx, bot: Bot, isEnabled: boolean, caller: Caller): Promise<void> {
      const config = await configs.of(bot.id, tx);
      if (isEnabled && config.provider === undefined) throw refuse('ai.not-set-up', {});
      await configs.save(tx, bot.id, { ...config, isEnabled });
      await audit.note(tx, caller, { action: isEnabled ? 'ai.on' : 'ai.off', botId: bot.id });
      if (!isEnabled) await forgetTalk(tx, bot);
      announce(tx, bot, isEnabled);
    },
    async setSystem(tx: Tx, bot: Bot, system: string, caller: Caller): Promise<void> {
      checkText('system', system);
      const config = await configs.of(bot.id, tx);
      await configs.save(tx, bot.id, { ...config, system: system.trim() || undefined });
      await audit.note(tx, caller, { action: 'ai.system', botId: bot.id });
      announce(tx, bot, config.isEnabled);
    },
    async forget(tx: Tx, bot: Bot, caller: Caller): Promise<void> {
      await configs.forget(tx, bot.id);
      await drafts.drop(tx, bot.id);
      await forgetTalk(tx, bot);
      await audit.note(tx, caller, { action: 'ai.forget', botId: bot.id });
      announce(tx, bot, false);
    },
  };
}
export type AiSetups = Awaited<ReturnType<typeof aiSetups>>;

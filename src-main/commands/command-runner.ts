import type { CalledPlace } from '../../src-shared/access.ts';
import { type DomainError, refuse } from '../../src-shared/errors.ts';
import { describeInChat } from '../../src-shared/text/describe-refusal.ts';
import { type Language, type Translate, translate } from '../../src-shared/text/translate.ts';
import type { Services } from '../engine/engine.ts';
import type { Account } from '../store/account-repository.ts';
import type { Tx } from '../store/open.ts';
import type { CommandAnswer } from './answer.ts';
import type { Command, CommandServices } from './define-command.ts';
import { botfather } from './index.ts';
import { readArgs } from './parse.ts';
import { telegramDrafts } from './telegram/drafts.ts';

export type RunnerServices = CommandServices & Pick<Services, 'accounts'>;

/** Where a command came from, for the audit log. */
export type CommandEntrance = Extract<CalledPlace, 'chat' | 'ad-hoc'>;

/** `usage`: it was not told what it needs. */
export type Outcome = { kind: 'usage'; text: string } | { kind: 'done'; answer: CommandAnswer };

/** A command with what was said to it. */
export interface CommandRequest {
  command: Command;
  words: Readonly<Record<string, string>>;
  language: Language;
  from: CommandEntrance;
}

/** What the two edges of the commands share: finding one, running it, and the words for everything that goes wrong. */
export function commandRunner({ accounts, ...services }: RunnerServices, apiUrl: () => string) {
  const byName = new Map(
    botfather.flatMap((command) => [command.name, ...(command.aliases ?? [])].map((name) => [name, command])),
  );
  const drafts = telegramDrafts();
  const callerOf = (owner: Account, from: CommandEntrance) => ({ actor: owner.jid, from });

  /** As the account's row says now: the one a session was started with may be old. */
  async function languageOf(owner: Account, tx?: Tx): Promise<Language> {
    const { language } = await accounts.known(owner.jid, tx);
    return language ?? services.settings.get('language');
  }

  function usageOf(command: Command, t: Translate): string {
    const usage = t('usage', { usage: t(command.usage) });
    return command.example ? `${usage}\n${t('example', { example: t(command.example) })}` : usage;
  }

  /** Forms and their answers (XEP-0050) are never encrypted; the chat with oneself is, after consent. */
  const isForChatOnly = ({ answersSecret }: Command, { hasOmemo }: Account, from: CommandEntrance): boolean =>
    answersSecret === true && hasOmemo && from === 'ad-hoc';

  /** The arguments, and what every command is given; or how it is used. */
  async function begin(owner: Account, { command, words, language, from }: CommandRequest, tx?: Tx) {
    if (!services.settings.get('bot_features_enabled')) throw refuse('bots.disabled', {});
    const t = translate(language);
    const account = await accounts.known(owner.jid, tx);
    if (isForChatOnly(command, account, from))
      throw refuse('command.chat-only', { command: `/${command.name}` });
    const args = readArgs(command.fields, words);
    if (!args) return { usage: { kind: 'usage', text: usageOf(command, t) } as const };
    return {
      common: {
        ...services,
        owner: account,
        caller: callerOf(owner, from),
        args,
        telegramDrafts: drafts,
        language,
        t,
      },
    };
  }

  return {
    byName,
    languageOf,
    /** Whether the command is refused at that entrance, whatever it is told. */
    isForChatOnly: async (command: Command, owner: Account, from: CommandEntrance): Promise<boolean> =>
      isForChatOnly(command, await accounts.known(owner.jid), from),
    usageOf,
    /** Runs a command in the unit. A refusal is thrown, and undoes what it did. */
    async run(tx: Tx, owner: Account, request: CommandRequest): Promise<Outcome> {
      const { usage, common } = await begin(owner, request, tx);
      if (usage) return usage;
      const answer = await request.command.run?.({ ...common, tx, apiUrl: apiUrl() });
      if (answer === undefined) throw new Error(`/${request.command.name} runs before the unit`);
      return { kind: 'done', answer };
    },
    /** Runs a command that needs the world outside, before the unit of its answer. */
    async runAhead(
      owner: Account,
      request: CommandRequest,
      how: { isEncrypted: boolean; signal: AbortSignal },
    ): Promise<Outcome> {
      const { usage, common } = await begin(owner, request);
      if (usage) return usage;
      const answer = await request.command.runAhead?.({ ...common, ...how, apiUrl: apiUrl() });
      if (answer === undefined) throw new Error(`/${request.command.name} runs in the unit`);
      return { kind: 'done', answer };
    },
    /** Notes a refusal, and says it in words. */
    async refused(
      tx: Tx,
      owner: Account,
      request: { name: string; error: DomainError; language: Language; from: CommandEntrance },
    ): Promise<string> {
      const { name, error, language, from } = request;
      const act = { action: `command.${name}`, details: error.code } as const;
      await services.audit.refused(callerOf(owner, from), act, tx);
      return describeInChat(error, language);
    },
  };
}
export type CommandsRunner = ReturnType<typeof commandRunner>;

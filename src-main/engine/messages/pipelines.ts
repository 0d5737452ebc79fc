import type { Language } from '../../../src-shared/text/translate.ts';
import type { Element } from '../../gateways/xmpp/element.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { OwnerNoticeRepository } from '../../store/owner-notice-repository.ts';
import type { WaitingCommandRepository } from '../../store/waiting-command-repository.ts';
import type { AccountSessions } from '../accounts/account-sessions.ts';
import type { BotCommands } from '../bots/bot-commands.ts';
import type { BotService } from '../bots/bot-service.ts';
import type { BotSettings } from '../bots/bot-settings.ts';
import type { OwnerNotices } from '../notices/owner-notices.ts';
import type { Omemo } from '../omemo/omemo.ts';
import { audience } from './audience.ts';
import type { Conversations } from './conversations.ts';
import { inboundPipeline } from './inbound-pipeline.ts';
import type { ArchiveProgress, CommandRunner, EngineTurn, InboundDeps } from './inbound-roles.ts';
import { messageSecrets } from './message-secrets.ts';
import type { OutgoingServices } from './outgoing-services.ts';
import { secretRetraction } from './secret-retraction.ts';

interface PipelinesDeps
  extends Pick<
    InboundDeps,
    | 'store'
    | 'inbox'
    | 'outbox'
    | 'post'
    | 'menus'
    | 'updates'
    | 'receivedFiles'
    | 'ai'
    | 'telegram'
    | 'log'
    | 'clock'
    | 'logger'
  > {
  waiting: WaitingCommandRepository;
  bots: BotService;
  botSettings: BotSettings;
  botCommands: BotCommands;
  omemo: Omemo;
  sessions: Pick<AccountSessions, 'accountOf'>;
  outgoing: Pick<OutgoingServices, 'retractionFallback'>;
  conversations: Conversations;
  notices: OwnerNoticeRepository;
  ownerNotices: Pick<OwnerNotices, 'tell'>;
  languageOf: (account: Account) => Promise<Language>;
  /** Of the chat with oneself, and of a bot's chat with its owner. */
  commands: CommandRunner;
  menu: CommandRunner;
}

/** How messages of each kind of account come in: who commands there, who reads along, what has to be encrypted. */
export function pipelines({ commands, menu, ...deps }: PipelinesDeps) {
  const { bots, botSettings } = deps;
  const readers = audience(deps);
  const takeBackOf = (writer: Account['jid'], chat: Account['jid']) =>
    secretRetraction({
      writer: () => deps.sessions.accountOf(writer),
      chat,
      fallbackText: deps.outgoing.retractionFallback,
      post: deps.post,
      logger: deps.logger,
    });
  const secretsOf = (account: Account, partner: Account['jid']) => messageSecrets(account, partner, deps);

  return {
    /** Those who answer in chats. */
    runners: { commands, menu },

    /** A person's account: it commands itself, and what others write is for the bots that want it. */
    ofPerson: (
      account: Account,
      archive: ArchiveProgress,
      turn: EngineTurn,
      confirm: (stanza: Element) => void,
    ) =>
      inboundPipeline(account, {
        ...deps,
        audience: readers,
        commands,
        chat: { partner: account.jid, isPartnerOnly: false, takesPlain: () => true },
        secrets: secretsOf(account, account.jid),
        takeBack: takeBackOf(account.jid, account.jid),
        archive,
        turn,
        confirm,
      }),

    /** A dedicated bot's account: its owner's word counts, and nobody else is heard. */
    ofBot: (
      account: Account,
      { id, owner }: Bot,
      archive: ArchiveProgress,
      turn: EngineTurn,
      confirm: (stanza: Element) => void,
    ) =>
      inboundPipeline(account, {
        ...deps,
        log: undefined,
        audience: { of: async (tx) => [await bots.find(id, undefined, tx)] },
        commands: menu,
        chat: {
          partner: owner,
          isPartnerOnly: true,
          takesPlain: () => botSettings.get(id, 'allow_plaintext'),
        },
        secrets: secretsOf(account, owner),
        takeBack: takeBackOf(owner, account.jid),
        archive,
        turn,
        confirm,
      }),
  };
}
export type Pipelines = ReturnType<typeof pipelines>;

import type { Caller } from '../../../src-shared/access.ts';
import type { AiDraft, AiUse, BotAi, BotAiTested, ChangeBotAi } from '../../../src-shared/api/ai.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { Account } from '../../store/account-repository.ts';
import type { AiBegun } from '../../store/ai-draft-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { SetUpCheck } from './ai-models.ts';

/** What a question of a program, or of `/ki ask`, was answered. */
export interface AiAnswer {
  /** Cleaned of control characters; an agent's acknowledgement where `runId` is there. */
  text: string;
  /** What the model thought before; null where it shows nothing, or where that is to be left out. */
  reasoning: string | null;
  /** Addresses of the pages that the answer rests on. */
  sources: readonly string[];
  model: string;
  tokens: { input: number; output: number };
  /** The answer ended at the most tokens it may have. */
  isCut: boolean;
  /** Of an agent that works on it by itself (OpenClaw's model `agent`). */
  runId: string | null;
}

/** How a question came. */
export interface AskOptions {
  signal?: AbortSignal | undefined;
  source: 'api' | 'chat';
}

/** The AI of bots, for every edge. */
export interface AiService {
  /** As the window and `/bot/ai/status` show it; keys are masked. */
  shown(bot: Bot): Promise<BotAi>;
  /**
   * Checks provider, address and, where it can be had, the live list of models; then writes in one unit, with audit and, for
   * a change of address that was not made in chat, a notice to the owner. A refusal changes nothing. Who sets up a provider and
   * a model switches it on, unless `enabled` is false. A key that the provider does not take is kept, and said. To be called before any unit: it may ask the provider. With
   * the signal nothing is changed any more.
   */
  change(
    bot: Bot,
    change: Partial<ChangeBotAi>,
    caller: Caller,
    signal?: AbortSignal,
  ): Promise<BotAi & SetUpCheck>;
  /** Off also forgets the conversations. Refuses to switch on what is not set up. */
  setEnabled(tx: Tx, bot: Bot, enabled: boolean, caller: Caller): Promise<void>;
  /** Everything: providers, keys, prompt, conversations. What it used stays countable. */
  forget(tx: Tx, bot: Bot, caller: Caller): Promise<void>;
  /** Empty: the usual prompt. */
  setSystem(tx: Tx, bot: Bot, system: string, caller: Caller): Promise<void>;
  /** What was begun of a set-up in chat, as long as something is missing of it. Any set-up that is complete ends it. */
  begun(bot: Bot, tx?: Tx): Promise<AiBegun | undefined>;
  /** Keeps what is begun, sealed: a restart forgets nothing of it. Changes nothing that is set up. */
  begin(bot: Bot, begun: AiBegun): Promise<void>;
  /** The provider's live list, as it is with these values; kept for some minutes. Refuses where it cannot be read. */
  models(
    bot: Bot,
    draft: AiDraft,
    signal: AbortSignal,
  ): Promise<{ models: readonly { id: string }[]; readAt: number }>;
  /** Asks with values that are not saved. Nothing is kept of it but that it was used (source `test`). */
  test(
    bot: Bot,
    draft: AiDraft,
    question: string,
    how: { signal: AbortSignal; onText: (piece: string) => void },
  ): Promise<BotAiTested>;
  /**
   * A question in the conversation of that person, within all limits; waits for the answer, for as long as `ai_timeout` and
   * the questions before it take. Not to be called in a unit, nor by a command of a chat, which would hold up that chat.
   */
  ask(bot: Bot, person: string, question: string, how: AskOptions): Promise<AiAnswer>;
  /**
   * A question that was asked with a command in a direct chat (`/ki ask`), in the command's unit. Its answer comes as a
   * message of its own, as to anything that is asked there. Refuses while the AI is off, or not set up.
   */
  put(tx: Tx, bot: Bot, question: { account: Account; to: BareJid; text: string }): Promise<void>;
  /** Hands a text to OpenClaw's agent; refuses where there is none (`ai.no-agent`). */
  trigger(bot: Bot, text: string, signal?: AbortSignal): Promise<{ runId: string }>;
  /** Forgets one person's conversation, or everybody's. Resolves with how many there were. */
  clear(tx: Tx, bot: Bot, person: string | undefined, caller: Caller): Promise<number>;
  /** Ends what is being answered and what waits, of one person or of everybody. Resolves with how many questions. */
  stop(bot: Bot, person?: string): Promise<number>;
  usage(bot: Bot, days: number): Promise<AiUse>;
}

import { refuse } from '../../../src-shared/errors.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Logger } from '../../base/logger.ts';
import { Scope } from '../../base/scope.ts';
import type { Session } from '../../gateways/xmpp/session.ts';
import type { Account } from '../../store/account-repository.ts';
import type {
  AiPlace,
  AiQuestion,
  AiQuestionDetails,
  AiQuestionRepository,
} from '../../store/ai-question-repository.ts';
import type { Bot, BotRepository } from '../../store/bot-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { BotSettings } from '../bots/bot-settings.ts';
import { speakerOf } from '../messages/outgoing.ts';
import type { Post } from '../messages/post.ts';
import type { AiConversation } from './ai-conversation.ts';
import { type AiAnswered, aiEndings, restUnless } from './ai-endings.ts';
import { aiStream } from './ai-stream.ts';
import type { AiTelling, Speaking } from './ai-telling.ts';
import type { AiTyping } from './ai-typing.ts';
import type { Lanes } from './lanes.ts';
import { loopGuard } from './loop-guard.ts';
import { crowded, noRoom } from './waiting-room.ts';

interface AiChatDeps {
  store: Store;
  questions: AiQuestionRepository;
  bots: Pick<BotRepository, 'byId'>;
  botSettings: Pick<BotSettings, 'get'>;
  sessions: { of(jid: BareJid): Session | undefined; accountOf(jid: BareJid): Account | undefined };
  post: Pick<Post, 'prepare' | 'put'>;
  lanes: Lanes;
  conversation: AiConversation;
  typing: AiTyping;
  telling: AiTelling;
  /** Whether the account is in a room, and knows how to speak there. */
  isInRoom: (account: Account, room: BareJid) => boolean;
  onAnswer: AiAnswered;
  events: Emitter<EngineEvents>;
  clock: Clock;
  logger: Logger;
}

/** A question that was asked in a chat or a room. */
export interface AskedInChat {
  bot: Bot;
  account: Account;
  person: string;
  details: AiQuestionDetails;
  /** When it was sent, Unix milliseconds. */
  sentAt: number;
}

/** Who waits longer has moved on. */
export const QUESTION_FRESH_MS = 10 * 60_000;
/** After that, there is time left to say that it was too late. */
const GRACE_MS = 60_000;

/** The account has signed off: whatever is under way is asked again when it is back. */
const AWAY = 'away';

/**
 * Questions of chats and rooms. Each is stored in the unit that takes its message, and ends in the unit that queues its
 * answer, notes what it used and keeps both turns: killed in between, it is asked again, and answered once.
 */
export function aiChat(deps: AiChatDeps) {
  const { store, questions, bots, botSettings, sessions, post, lanes, conversation, typing, telling } = deps;
  const { isInRoom, events, clock, logger } = deps;
  const guard = loopGuard(clock);
  const endings = aiEndings(deps);

  const isGone = (jid: BareJid) => (sessions.of(jid)?.state ?? 'offline') === 'offline';

  /** The account of a bot, while it can speak at that place. */
  function speakerAt(jid: BareJid, { to, isRoom }: AiPlace): Account | undefined {
    const account = sessions.of(jid)?.state === 'online' ? sessions.accountOf(jid) : undefined;
    return account && (!isRoom || isInRoom(account, to)) ? account : undefined;
  }

  /** Resolves with the account when it can speak there; undefined when nobody waits for that any more. */
  async function present(jid: BareJid, place: AiPlace, signal: AbortSignal): Promise<Account | undefined> {
    const scope = new Scope();
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = () => (speakerAt(jid, place) || signal.aborted) && resolve();
    scope.add(events.on('account.session-changed', (event) => event.jid === jid && look()));
    scope.add(events.on('room.changed', (event) => event.room === place.to && look()));
    signal.addEventListener('abort', look);
    scope.add(() => signal.removeEventListener('abort', look));
    clock.after(scope, QUESTION_FRESH_MS, resolve);
    look();
    await promise.finally(() => scope.close());
    return signal.aborted ? undefined : speakerAt(jid, place);
  }

  /** Aborts when the account signs off. Returns the function that ends the watch. */
  function watch(jid: BareJid, ending: AbortController): () => void {
    return events.on('account.session-changed', (event) => {
      if (event.jid === jid && event.state === 'offline' && isGone(jid)) ending.abort(AWAY);
    });
  }

  const isFresh = (askedAt: number) => clock.now() - askedAt < QUESTION_FRESH_MS;
  const rest = (failures: number, signal: AbortSignal) => restUnless(clock, signal, failures);

  /** Asks, and ends the question with its answer; false when it is to be asked again, because the account went away. */
  async function attempt(question: AiQuestion, speaking: Speaking, signal: AbortSignal): Promise<boolean> {
    const { details, person } = question;
    const { bot, account, place } = speaking;
    const ending = new AbortController();
    const end = () => ending.abort(signal.reason);
    signal.addEventListener('abort', end, { once: true });
    const unwatch = watch(account.jid, ending);
    const isStreaming = botSettings.get(bot.id, 'ai_streaming');
    const stream = isStreaming ? aiStream(question, speaking, deps) : undefined;
    const stopTyping = typing.begin(account.jid, place);
    // Behind a slow provider it may never be its turn.
    const waiting = new Scope();
    clock.after(waiting, QUESTION_FRESH_MS, () => ending.abort(crowded()));
    try {
      await post.prepare(account, place.to);
      const source = place.isRoom ? ('room' as const) : ('chat' as const);
      const exchange = await conversation.ask(
        { bot, person, text: details.text, source },
        {
          signal: ending.signal,
          onBegin: () => void waiting.close(),
          onText: stream && ((piece) => stream.add(piece)),
        },
      );
      const shown = (await stream?.end()) ?? details.shown;
      const isToStay = ending.signal.reason === AWAY || ending.signal.reason === 'closing';
      await endings.end(question, speaking, exchange, {
        shown,
        soFar: stream?.soFar ?? '',
        isToStay,
        signal,
      });
      return !(isToStay && exchange.refusal && ending.signal.reason === AWAY);
    } finally {
      await waiting.close();
      unwatch();
      signal.removeEventListener('abort', end);
      await stream?.end();
      stopTyping();
    }
  }

  const drop = (id: number): Promise<void> => store.write(async (tx) => void (await questions.end(tx, id)));

  /** A question of the table, when it is its turn; false when it is to be asked again. */
  async function turn(id: number, signal: AbortSignal, wasAway: boolean): Promise<boolean> {
    const question = await questions.find(id);
    const bot = question && (await bots.byId(question.botId));
    const account =
      question && bot?.status === 'active' && (await present(speakerOf(bot), question.details, signal));
    if (signal.aborted) return true;
    // Nobody waits for it any more, or nothing can be said there.
    if (!question || !bot || !account) {
      await drop(id);
      return true;
    }
    const speaking: Speaking = { bot, account, place: question.details };
    if (!wasAway) return attempt(question, speaking, signal);
    typing.clear(account.jid, question.details);
    if (isFresh(question.askedAt)) return attempt(question, speaking, signal);
    await post.prepare(account, question.details.to);
    await store.write(async (tx) => {
      if (!(await questions.end(tx, id))) return;
      const { shown } = question.details;
      await telling.fail(tx, speaking, refuse('ai.too-old', {}), { corrects: shown });
    });
    return true;
  }

  /**
   * A question of the table, until it has ended. `isLeft`: it was there before this program was. What goes wrong on our side
   * is tried again for as long as its answer would be of use.
   */
  async function run(id: number, signal: AbortSignal, { askedAt, isLeft }: Entering): Promise<void> {
    const untilMs = clock.monotonic() + QUESTION_FRESH_MS + GRACE_MS - Math.max(0, clock.now() - askedAt);
    let wasAway = isLeft;
    for (let failures = 0; !signal.aborted; ) {
      try {
        if (await turn(id, signal, wasAway)) return;
      } catch (error) {
        logger.error({ err: error }, 'a question to an AI could not be answered');
        if (!signal.aborted && clock.monotonic() >= untilMs) return drop(id);
        await rest(failures, signal);
        failures += 1;
      }
      wasAway = true;
    }
  }

  const enter = (id: number, { botId, person, ...entering }: Entering & { botId: number; person: string }) =>
    lanes.add({ botId, person, run: (signal) => run(id, signal, entering) });

  return {
    /**
     * Takes a question in the unit that takes its message. False where it is not to be answered: too old, or in a
     * conversation that has run away. Who asks too much is told so.
     */
    async take(tx: Tx, { bot, account, person, details, sentAt }: AskedInChat): Promise<boolean> {
      const conversationKey = `${bot.id} ${details.to}`;
      if (!isFresh(sentAt) || guard.isSilent(conversationKey)) return false;
      tx.afterCommit(() => guard.note(conversationKey));
      const full = noRoom(await questions.counts(tx, bot.id, person));
      if (full) {
        await telling.fail(tx, { bot, account, place: details }, full);
        return true;
      }
      const id = await questions.insert(tx, { botId: bot.id, person, details, askedAt: sentAt });
      tx.onDisk(() => enter(id, { botId: bot.id, person, askedAt: sentAt, isLeft: false }));
      return true;
    },

    /** Takes up what a stopped program left. */
    async start(): Promise<void> {
      const left = await questions.waiting();
      if (left.length > 0) logger.info({ count: left.length }, 'questions to AIs were left over');
      for (const { id, ...one } of left) enter(id, { ...one, isLeft: true });
    },
  };
}
export type AiChat = ReturnType<typeof aiChat>;

interface Entering {
  /** When it was sent, Unix milliseconds. */
  askedAt: number;
  isLeft: boolean;
}

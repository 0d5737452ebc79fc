import type { SessionState } from '../../../src-shared/events.ts';
import { type BareJid, domainOf, type FullJid } from '../../../src-shared/jid.ts';
import { reason } from '../../../src-shared/text/reasons.ts';
import { Emitter } from '../../base/emitter.ts';
import { Scope } from '../../base/scope.ts';
import type { AccountSessionDeps } from './account-session-deps.ts';
import { Attempt } from './attempt.ts';
import { BoundSteps } from './bound-steps.ts';
import { type Connection, establish } from './connection.ts';
import { DiscoNodes } from './disco-nodes.ts';
import { type Element, serialize } from './element.ts';
import type { ExtensionHost } from './extension.ts';
import { IDENTITY, type Identity } from './identity.ts';
import { Incoming } from './incoming.ts';
import { type IqHandler, IqRouter, serializeAnswer } from './iq-router.ts';
import { LiveStream } from './live-stream.ts';
import { OwnPresence } from './own-presence.ts';
import { asProblem, ConnectionProblem } from './problem.ts';
import { Reconnect } from './reconnect.ts';
import { STABLE_AFTER_MS } from './reconnect-policy.ts';
import { Redirects } from './redirects.ts';
import { SendWindow } from './send-window.ts';
import { type SessionConfig, SessionLost, StanzaRejected } from './session.ts';
import { StanzaBlame } from './stanza-blame.ts';
import { StreamErrorProblem } from './stream-error.ts';
import { StreamManagement } from './xep-0198-stream-management.ts';

interface SessionEvents {
  ready: { resumed: boolean };
  state: { state: SessionState; reason: string | undefined };
}

/**
 * One account, kept online: connects, resumes or binds anew, reconnects with growing random waits, until it is stopped
 * or fails in a way that only people can mend. Implements `Session`.
 */
export class AccountSession implements ExtensionHost {
  readonly jid: BareJid;
  readonly disco = new DiscoNodes();
  readonly #config: SessionConfig;
  readonly #deps: AccountSessionDeps;
  readonly #scope = new Scope();
  readonly #events: Emitter<SessionEvents>;
  readonly #iqs: IqRouter;
  readonly #incoming: Incoming;
  readonly #reconnect: Reconnect;
  readonly #blame = new StanzaBlame();
  readonly #window = new SendWindow();
  readonly #redirects = new Redirects();
  readonly #steps = new BoundSteps();
  readonly #presence = new OwnPresence(() => this.#state === 'online' && this.#writePresence());
  #state: SessionState = 'offline';
  #reason: string | undefined;
  #awaySinceMs: number | undefined;
  #boundJid: FullJid | undefined;
  #attempt: Attempt | undefined;
  #management: StreamManagement | undefined;
  /** When the server may begin to forget the session: it can be resumed until then plus `maxMs`. */
  #cutAtMs = 0;
  /** For good: such a stanza may come again at any time, from the archive too. */
  #dropsOversized = false;

  constructor(config: SessionConfig, deps: AccountSessionDeps) {
    this.jid = config.jid;
    this.#config = config;
    this.#deps = { ...deps, logger: deps.logger.child({ account: config.jid }) };
    const { clock, logger } = this.#deps;
    this.#events = new Emitter((error) => logger.error({ err: error }, 'session listener failed'));
    const boundJid = () => this.#boundJid;
    this.#iqs = new IqRouter({ jid: config.jid, clock, scope: this.#scope, logger, boundJid });
    this.#incoming = new Incoming({
      logger,
      iqs: this.#iqs,
      onRejection: () =>
        this.#attempt?.live?.cut(new ConnectionProblem('closed', reason('here.not-stored', {}))),
    });
    this.#reconnect = new Reconnect({
      clock,
      scope: this.#scope,
      random: deps.random ?? Math.random,
      server: this.#server,
      returns: deps.returns,
      connect: () => {
        if (!this.#attempt && !this.#scope.isClosed) void this.#connect();
      },
    });
    for (const extension of deps.extensions) extension(this, this.#scope);
  }

  get state(): SessionState {
    return this.#state;
  }

  get reason(): string | undefined {
    return this.#reason;
  }

  get boundJid(): FullJid | undefined {
    return this.#state === 'online' ? this.#boundJid : undefined;
  }

  get serverAddress(): string | undefined {
    return this.#attempt?.connection?.stream.remoteAddress;
  }

  get awaySinceMs(): number | undefined {
    return this.#awaySinceMs;
  }

  get nextTryAtMs(): number | undefined {
    return this.#attempt ? undefined : this.#reconnect.dueAtMs;
  }

  get features(): readonly string[] {
    return this.#presence.features;
  }

  get identity(): Identity {
    return this.#config.identity?.() ?? IDENTITY;
  }

  get streamFeatures(): Element | undefined {
    return this.#attempt?.connection?.features;
  }

  /** Begins to connect. */
  start(): void {
    const { wakeUps } = this.#deps;
    if (wakeUps) this.#scope.add(wakeUps.on(() => this.#wokeUp()));
    this.#awaySinceMs ??= this.#deps.clock.monotonic();
    void this.#connect();
  }

  /** Closes the stream in the orderly way and ends the session for good. */
  async stop(): Promise<void> {
    const attempt = this.#attempt;
    this.#attempt = undefined;
    if (!this.#scope.isClosed) this.#become('offline', undefined);
    await attempt?.live?.close();
    await attempt?.scope.close();
    this.#lose(reason('here.stopped', {}));
    await this.#scope.close();
  }

  send(stanza: Element | string): Promise<void> {
    const live = this.#attempt?.live;
    if (this.#state !== 'online' || !live) throw this.#noStream();
    const text = serialize(stanza);
    this.#window.check(this.#management);
    return live.send(text);
  }

  request(iq: Element, options: { timeoutMs?: number } = {}): Promise<Element> {
    const live = this.#attempt?.live;
    if (!live) return Promise.reject(this.#noStream());
    return this.#window.request((reject) =>
      this.#iqs.request(iq, options.timeoutMs, (ready) => {
        const text = serialize(ready);
        this.#window.check(this.#management);
        live.send(text).catch((error: unknown) => {
          if (error instanceof StanzaRejected) reject(error);
        });
      }),
    );
  }

  sendNonza(element: Element): void {
    const live = this.#attempt?.live;
    if (!live) throw this.#noStream();
    live.writeNonza(element);
  }

  onMessage(handler: (stanza: Element) => Promise<void>): () => void {
    return this.#incoming.messages.handle(handler);
  }

  watchMessages(watcher: (stanza: Element) => void): () => void {
    return this.#incoming.messages.watch(watcher);
  }

  onPresence(handler: (presence: Element) => void): () => void {
    return this.#incoming.onPresence(handler);
  }

  onIq(type: 'get' | 'set', name: string, namespace: string, handler: IqHandler): () => void {
    return this.#iqs.handle(type, name, namespace, handler);
  }

  admitIqs(isAdmitted: (iq: Element) => boolean): () => void {
    return this.#iqs.admit(isAdmitted);
  }

  onReady(listener: (event: { resumed: boolean }) => void): () => void {
    return this.#events.on('ready', listener);
  }

  onState(listener: (event: SessionEvents['state']) => void): () => void {
    return this.#events.on('state', listener);
  }

  onBound(step: () => Promise<void>): () => void {
    return this.#steps.add(step);
  }

  addToPresence(part: () => Element): () => void {
    return this.#presence.add(part);
  }

  renewPresence(): void {
    this.#presence.renew();
  }

  advertise(feature: string): () => void {
    return this.#presence.advertise(feature);
  }

  /** Names the server, for what accounts of one server have in common. */
  get #server(): string {
    return this.#config.service ?? domainOf(this.jid);
  }

  #noStream(): SessionLost {
    return new SessionLost(this.#reason ?? reason('here.offline', {}));
  }

  async #connect(): Promise<void> {
    const { logins, logger } = this.#deps;
    const attempt = new Attempt(this.#scope.child());
    this.#attempt = attempt;
    // A password that was refused is tried again quietly: nothing is better until it is accepted.
    if (this.#state !== 'failed') this.#become('connecting', undefined);
    const release = await logins.turn(this.#server);
    try {
      if (this.#attempt !== attempt) return;
      const isResumed = await this.#open(attempt);
      if (this.#attempt !== attempt) return;
      this.#becomeOnline(attempt, isResumed);
    } catch (error) {
      if (!(error instanceof ConnectionProblem || error instanceof SessionLost)) {
        logger.error({ err: error }, 'connecting failed');
      }
      const problem = asProblem(error);
      attempt.live?.cut(problem);
      this.#ended(attempt, problem);
    } finally {
      release();
    }
  }

  /** Returns whether the session from before goes on. After it the stream is usable. */
  async #open(attempt: Attempt): Promise<boolean> {
    const { clock, resolveSrv } = this.#deps;
    const fresh = new StreamManagement();
    const connection = await establish(
      this.#config,
      {
        clock,
        scope: attempt.scope,
        dropsOversized: this.#dropsOversized,
        firstTry: this.#redirects.take(),
        ...(resolveSrv ? { resolveSrv } : {}),
      },
      this.#resumable(),
      fresh,
    );
    if (this.#attempt !== attempt) throw new ConnectionProblem('closed', reason('here.stopped', {}));
    if (!connection.isResumed) this.#lose('The connection was lost and the session could not be resumed.');
    const management = connection.isResumed && this.#management ? this.#management : fresh;
    this.#management = management;
    this.#boundJid = connection.boundJid;
    attempt.connection = connection;
    attempt.live = this.#use(attempt, connection, management);
    attempt.isEstablished = connection.isResumed;
    attempt.live.begin();
    if (connection.isResumed || this.#attempt !== attempt) return connection.isResumed;
    // Without one of them the session is not what it has to be, and is given up for another.
    this.#steps.begin((error) => {
      management.resumption = undefined;
      if (this.#management === management) this.#attempt?.live?.cut(asProblem(error));
    });
    this.#writePresence();
    attempt.isEstablished = true;
    return false;
  }

  #use(attempt: Attempt, connection: Connection, management: StreamManagement): LiveStream {
    const live = new LiveStream(connection, {
      clock: this.#deps.clock,
      scope: attempt.scope,
      domain: domainOf(this.jid),
      management,
      blame: this.#blame,
      onStanza: (stanza, done) => this.#incoming.take(stanza, done, (answer) => this.#answer(live, answer)),
      onEnd: (problem) => {
        // The scope holds the timer that cuts a peer that does not close.
        void connection.stream.gone.then(() => attempt.scope.close());
        this.#ended(attempt, problem);
      },
    });
    return live;
  }

  #answer(live: LiveStream, answer: Element): void {
    if (this.#attempt?.live !== live) return;
    try {
      const text = serializeAnswer(answer);
      this.#window.checkAnswer(this.#management);
      void live.send(text);
    } catch (error) {
      // Dropped: who asks more than the server takes from here, twice what we send by ourselves, floods. Kept for later
      // the answers would have no bound, and not reading on would never let the acknowledgements in.
      if (!this.#attempt.hasDroppedAnswers) this.#deps.logger.warn({ err: error }, 'iq answers are dropped');
      this.#attempt.hasDroppedAnswers = true;
    }
  }

  #resumable(): { management: StreamManagement; boundJid: FullJid } | undefined {
    const management = this.#management;
    const boundJid = this.#boundJid;
    if (!management?.resumption || !boundJid) return undefined;
    const { maxMs = Number.POSITIVE_INFINITY } = management.resumption;
    return this.#deps.clock.monotonic() - this.#cutAtMs > maxMs ? undefined : { management, boundJid };
  }

  #becomeOnline(attempt: Attempt, resumed: boolean): void {
    this.#awaySinceMs = undefined;
    this.#deps.clock.after(attempt.scope, STABLE_AFTER_MS, () => {
      if (this.#attempt !== attempt) return;
      this.#reconnect.stable();
      this.#redirects.forget();
      this.#blame.forget();
      attempt.live?.writeWaiting();
    });
    this.#reconnect.online();
    this.#become('online', undefined);
    this.#events.emit('ready', { resumed });
  }

  /** The stream of this attempt is over, or never came to be. */
  #ended(attempt: Attempt, problem: ConnectionProblem): void {
    if (this.#attempt !== attempt) return;
    const { clock, logger } = this.#deps;
    this.#attempt = undefined;
    this.#incoming.messages.clear();
    const wasLive = attempt.live !== undefined;
    if (!wasLive) void attempt.scope.close();
    if (this.#state === 'online') this.#awaySinceMs = clock.monotonic();
    if (wasLive) this.#cutAtMs = clock.monotonic();
    this.#learnFrom(attempt, problem);
    const isOver = problem.kind === 'replaced' || !attempt.isEstablished;
    if (wasLive && isOver) this.#lose(problem.message);
    const delayMs = this.#reconnect.plan(problem);
    logger.warn({ reason: problem.message, kind: problem.kind, retryMs: delayMs }, 'session is away');
    if (delayMs === undefined || problem.kind === 'credentials') {
      this.#lose(problem.message);
      this.#become('failed', problem.message);
      return;
    }
    this.#become('backing_off', problem.message);
  }

  /** What the next attempt does differently because of how this stream ended. */
  #learnFrom({ live, connection }: Attempt, problem: ConnectionProblem): void {
    const isFromServer = problem instanceof StreamErrorProblem;
    if (problem.condition === 'policy-violation' && !isFromServer) this.#dropsOversized = true;
    if (live && this.#blame.streamEnded(problem, live.textsOnWire)) {
      this.#management?.rejectFirst(new StanzaRejected(problem.message));
    }
    if (connection) this.#redirects.learn(problem, connection);
  }

  /** The machine slept, or is on another network: what was true of the connection may not be true any more. */
  #wokeUp(): void {
    if (this.#state === 'backing_off') this.#reconnect.now();
    else if (this.#state === 'online') this.#attempt?.live?.probe();
  }

  /** The session cannot go on: what was in flight is in the hands of its owners. */
  #lose(reason: string): void {
    this.#management?.abandon(reason);
    this.#management = undefined;
    this.#boundJid = undefined;
    this.#iqs.abandon(reason);
  }

  #become(state: SessionState, reason: string | undefined): void {
    if (this.#state === state && this.#reason === reason) return;
    this.#state = state;
    this.#reason = reason;
    this.#events.emit('state', { state, reason });
  }

  /** Who watches us learns of new features from a new presence. */
  #writePresence(): void {
    void this.#attempt?.live?.send(serialize(this.#presence.build()));
  }
}

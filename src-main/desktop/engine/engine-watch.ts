import { createClient } from '../../../src-shared/client/client.ts';
import { changeSettings, readSettings } from '../../../src-shared/client/management.ts';
import { followEvents, getStatus } from '../../../src-shared/client/window.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { fullJitterMs } from '../../base/retry.ts';
import type { Scope } from '../../base/scope.ts';
import type { ShellLanguage } from '../text/text.ts';

/** What tray and menu need to know of a running engine. */
export interface EngineView {
  /** Those that are online come first. */
  accounts: readonly string[];
  areBotsOn: boolean;
  /** Accounts that should be online and are not. */
  troubled: readonly string[];
  hasApiProblem: boolean;
  /** Undefined: that of the system. */
  language: ShellLanguage | undefined;
  theme: 'system' | 'light' | 'dark';
}

/** Announcements that change none of it. */
const QUIET = new Set(['update.queued', 'message.queued', 'message.state-changed']);
const isQuiet = (event: string) => QUIET.has(event) || event.startsWith('chat.');
const TROUBLED = new Set(['failed', 'backing_off']);

interface WatchDeps {
  /** Ends it all. */
  signal: AbortSignal;
  onView: (view: EngineView) => void;
  logger: Logger;
  clock: Clock;
  scope: Scope;
}

/** How soon it listens again where the engine lives and the connection does not. */
const AGAIN = { baseMs: 500, capMs: 30_000 };

/** Follows an engine by its announcements, for as long as it lives, and tells what it is like. */
export function watchEngine(
  { privateUrl, privateToken }: { privateUrl: string; privateToken: string },
  { signal, onView, logger, clock, scope }: WatchDeps,
) {
  const client = createClient({ baseUrl: privateUrl, token: privateToken });

  /** One look at a time; what changes meanwhile is looked at after it. */
  let isLooking = false;
  let isStale = false;
  function look(): void {
    isStale = true;
    if (isLooking) return;
    isLooking = true;
    lookUntilFresh()
      .catch((error: unknown) => {
        if (!signal.aborted) logger.warn({ err: error }, 'the engine did not tell its state');
      })
      .finally(() => {
        isLooking = false;
      });
  }

  async function lookUntilFresh(): Promise<void> {
    while (isStale && !signal.aborted) {
      isStale = false;
      const [status, settings] = await Promise.all([
        getStatus(client, { signal }),
        readSettings(client, {}, { signal }),
      ]);
      if (!signal.aborted) onView(viewOf(status, settings));
    }
  }

  async function follow(onEvent: () => void): Promise<void> {
    // What was announced while nobody listened did not arrive.
    look();
    for await (const { event } of followEvents(client, { signal })) {
      onEvent();
      if (!isQuiet(event)) look();
    }
  }
  function followOn(tries: number): void {
    let began = tries;
    follow(() => {
      began = 0;
    })
      .catch((error: unknown) => {
        if (!signal.aborted) logger.debug({ err: error }, 'the announcements of the engine broke off');
      })
      .finally(() => {
        if (signal.aborted) return;
        clock.after(scope, Math.round(fullJitterMs(began, AGAIN)), () => {
          if (!signal.aborted) followOn(began + 1);
        });
      });
  }
  followOn(0);

  return {
    switchBots: (areOn: boolean): Promise<unknown> =>
      changeSettings(client, { bot_features_enabled: areOn }, { signal }),
  };
}
export type EngineWatch = ReturnType<typeof watchEngine>;

function viewOf(status: Awaited<ReturnType<typeof getStatus>>, settings: object): EngineView {
  const chosen = settings as Record<string, unknown>;
  const language = chosen.window_language ?? chosen.language;
  const theme = chosen.window_theme;
  return {
    accounts: status.accounts
      .toSorted((a, b) => Number(b.state === 'online') - Number(a.state === 'online'))
      .map(({ jid }) => jid),
    areBotsOn: status.bots_enabled,
    troubled: status.accounts.filter(({ state }) => TROUBLED.has(state)).map(({ jid }) => jid),
    hasApiProblem: status.api_problem !== null,
    language: language === 'en' || language === 'de' ? language : undefined,
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
  };
}

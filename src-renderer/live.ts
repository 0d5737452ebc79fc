import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { EngineEvents } from '../src-shared/events.ts';

/** Whether an announcement can change what is shown. The compiler asks for every event there is. */
const SHOWN = {
  'account.added': true,
  'account.removed': true,
  'account.switched': true,
  'account.changed': true,
  'account.session-changed': true,
  'bot.created': true,
  'bot.changed': true,
  'bot.deleted': true,
  'webhook.changed': true,
  'setting.changed': true,
  'update.queued': false,
  'message.queued': false,
  'message.state-changed': false,
} as const satisfies Record<keyof EngineEvents, boolean>;

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;

export type LiveState = 'connecting' | 'live' | 'lost';

/** Turns the engine's announcements into fresh queries, so that no view ever polls. */
export function useLive(): LiveState {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');

  useEffect(() => {
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let retryMs = FIRST_RETRY_MS;
    let wasLost = false;
    const refresh = () => void client.invalidateQueries();

    function open(): void {
      source = new EventSource('/api/v1/events');
      source.onopen = () => {
        retryMs = FIRST_RETRY_MS;
        setState('live');
        // What was announced while nobody listened did not arrive.
        if (wasLost) refresh();
      };
      source.onerror = () => {
        setState('lost');
        wasLost = true;
        refresh();
        // The browser goes on by itself after a broken connection, but not after a refusal.
        if (source?.readyState !== EventSource.CLOSED) return;
        timer = setTimeout(open, retryMs);
        retryMs = Math.min(LAST_RETRY_MS, retryMs * 2);
      };
      for (const [name, isShown] of Object.entries(SHOWN)) {
        if (isShown) source.addEventListener(name, refresh);
      }
    }

    open();
    return () => {
      clearTimeout(timer);
      source?.close();
    };
  }, [client]);

  return state;
}

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { readEvents } from '../src-shared/client/events.ts';
import type { EngineEvents } from '../src-shared/events.ts';
import { ApiProblem, openEvents } from './client.ts';

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
  'omemo.devices-added': true,
  'omemo.trust-changed': true,
  'room.changed': true,
  'update.queued': false,
  'message.queued': false,
  'message.state-changed': false,
} as const satisfies Record<keyof EngineEvents, boolean>;
const isShown = (name: string) => Object.hasOwn(SHOWN, name) && SHOWN[name as keyof typeof SHOWN];

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;

export type LiveState = 'connecting' | 'live' | 'lost';

/** Turns the engine's announcements into fresh queries, so that no view ever polls. */
export function useLive(): LiveState {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');

  useEffect(() => {
    const life = new AbortController();
    void follow(life.signal, setState, () => void client.invalidateQueries());
    return () => life.abort();
  }, [client]);

  return state;
}

/** Listens until the page goes, or until the engine no longer talks to it. */
async function follow(
  signal: AbortSignal,
  show: (state: LiveState) => void,
  refresh: () => void,
): Promise<void> {
  let retryMs = FIRST_RETRY_MS;
  let wasLost = false;
  for (;;) {
    let isOver = false;
    try {
      const { body } = await openEvents(signal);
      retryMs = FIRST_RETRY_MS;
      show('live');
      // What was announced while nobody listened did not arrive.
      if (wasLost) refresh();
      if (body) for await (const { event } of readEvents(body)) if (isShown(event)) refresh();
    } catch (error) {
      isOver = error instanceof ApiProblem && error.needsPerson;
    }
    if (signal.aborted) return;
    show('lost');
    wasLost = true;
    refresh();
    if (isOver) return;
    await new Promise((resolve) => setTimeout(resolve, retryMs));
    if (signal.aborted) return;
    retryMs = Math.min(LAST_RETRY_MS, retryMs * 2);
  }
}

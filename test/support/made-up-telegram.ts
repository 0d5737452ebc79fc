import type { Page, Route } from 'playwright-core';
import type { BotTelegram, TelegramBot, TelegramChat } from '../../src-shared/api/telegram.ts';
import type { Refusal } from './made-up-ai.ts';

const now = () => Math.floor(Date.now() / 1_000);

export const NO_BRIDGE: BotTelegram = {
  enabled: false,
  configured: false,
  token: null,
  username: null,
  chat: null,
  mode: 'bridge',
  ai_answers: true,
  state: 'off',
  trouble: null,
  webhook: null,
  waiting: 0,
  last_received: null,
  last_sent: null,
  recent: [],
};
export const FAMILY: TelegramChat = {
  id: '-1001984422017',
  kind: 'supergroup',
  title: 'Garden friends',
  username: null,
};
export const ANNA: TelegramChat = { id: '417202', kind: 'private', title: 'Anna Berg', username: 'annaberg' };
export const GARDEN_BOT: TelegramBot = {
  id: '7301',
  username: 'garden_bot',
  name: 'Garden',
  reads_groups: false,
  webhook: null,
};
export const BRIDGE: BotTelegram = {
  ...NO_BRIDGE,
  enabled: true,
  configured: true,
  token: '7301••••••:AAH••••••k2Q',
  username: 'garden_bot',
  chat: FAMILY,
  state: 'online',
  last_received: now() - 120,
  last_sent: now() - 60,
  recent: [
    { at: now() - 60, to: 'telegram', from: 'you@localhost', text: 'The vents are closed ✅', state: 'done' },
    { at: now() - 120, to: 'xmpp', from: 'Anna Berg', text: 'Are the vents closed?', state: 'done' },
  ],
};

/**
 * Answers for the page what the engine would say of the Telegram bridge of every bot, for states that are hard to lead to:
 * troubles of each kind, refusals in a certain order. Each request is kept as it was sent.
 */
export async function madeUpTelegram(page: Page, first: Partial<BotTelegram> = {}) {
  const state = {
    telegram: { ...NO_BRIDGE, ...first } as BotTelegram,
    /** Whose token is given. */
    bot: GARDEN_BOT,
    chats: [FAMILY, ANNA] as TelegramChat[],
    /** What is asked next of that kind is refused so. */
    refusals: {} as Partial<Record<string, Refusal>>,
    warning: null as string | null,
  };
  // biome-ignore lint/suspicious/noExplicitAny: tests look into what was asked.
  const asked: { what: string; body: any }[] = [];

  await page.route(/\/api\/v1\/bots\/\d+\/telegram(\/[\w/]+)?(\?.*)?$/, async (route: Route) => {
    const request = route.request();
    const part = new URL(request.url()).pathname.split('/telegram')[1] ?? '';
    const what = `${request.method()} ${part}`;
    const body = request.method() === 'GET' ? undefined : request.postDataJSON();
    asked.push({ what, body });
    const refusal = state.refusals[what];
    if (refusal) {
      delete state.refusals[what];
      const { status, error, description } = refusal;
      return route.fulfill({ status, json: { ok: false, error, description } });
    }
    const ok = (result: unknown) => route.fulfill({ json: { ok: true, result } });
    if (part === '/check') return ok({ ...state.bot, ms: 96 });
    if (part === '/chats') return ok(state.chats);
    if (part === '/hello') return ok({ chat: state.telegram.chat ?? FAMILY, ms: 143 });
    if (part === '/webhook/remove') {
      state.telegram = { ...state.telegram, webhook: null, trouble: null, state: 'online' };
      return ok(true);
    }
    if (request.method() === 'DELETE') {
      state.telegram = NO_BRIDGE;
      return ok(true);
    }
    if (request.method() !== 'PATCH') return ok(state.telegram);
    state.telegram = changed(state.telegram, body, state);
    return ok({ ...state.telegram, warning: state.warning });
  });
  return {
    state,
    asked,
    /** What was asked of that kind, in order. */
    bodies: (what: string) => asked.filter((one) => one.what === what).map(({ body }) => body),
  };
}

interface Change {
  enabled?: boolean;
  token?: string;
  chat_id?: string;
  mode?: BotTelegram['mode'];
  force?: boolean;
}
function changed(
  before: BotTelegram,
  { enabled, token, chat_id, mode, force = false }: Change,
  { bot, chats }: { bot: TelegramBot; chats: readonly TelegramChat[] },
): BotTelegram {
  const chat = chats.find(({ id }) => id === chat_id) ?? {
    id: chat_id ?? '',
    kind: 'supergroup',
    title: '',
    username: null,
  };
  const next: BotTelegram = {
    ...before,
    ...(token !== undefined && { token: `${token.slice(0, 4)}••••`, username: bot.username }),
    ...(chat_id !== undefined && { chat }),
    ...(mode !== undefined && { mode }),
    ...(force && { webhook: null }),
  };
  const configured = next.token !== null && next.chat !== null;
  const isOn = enabled ?? (before.configured ? before.enabled : configured);
  return { ...next, configured, enabled: isOn, state: isOn ? 'online' : 'off' };
}

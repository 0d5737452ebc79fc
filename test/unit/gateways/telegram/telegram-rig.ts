import { afterEach } from 'vitest';
import type { AddressPolicy } from '../../../../src-main/base/address-guard.ts';
import { HttpClient } from '../../../../src-main/base/http-client.ts';
import { createLogger } from '../../../../src-main/base/logger.ts';
import { TelegramFailure } from '../../../../src-main/gateways/telegram/failure.ts';
import { openTelegram } from '../../../../src-main/gateways/telegram/open-telegram.ts';
import { startBotApi } from '../../../support/telegram/bot-api-server.ts';

const open: { close: () => Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

/** Nothing private is fine by itself: only what the setting names. */
const POLICY: AddressPolicy = { allowLoopback: false, allowPrivate: [], ownPorts: [] };

/** A Bot API server, a bot and its chat with Anna, and our end of it. */
export async function telegramRig({ requestMs = 10_000, policy = POLICY } = {}) {
  const server = await startBotApi();
  const http = new HttpClient(() => policy);
  open.push(http, server);
  const lines: string[] = [];
  const logger = createLogger('debug', { write: (line) => void lines.push(line) });
  const bot = server.addBot({ username: 'weather_bot', name: 'Weather' });
  const anna = server.addPerson({ first: 'Anna', last: 'Lovelace', username: 'anna' });
  const chat = server.privateChat(anna, bot);
  const forever = new AbortController().signal;
  return {
    server,
    http,
    bot,
    anna,
    chat,
    lines,
    forever,
    api: openTelegram({ token: bot.token, apiRoot: server.apiRoot, http, logger, times: { requestMs } }),
    with: (token: string, apiRoot = server.apiRoot) =>
      openTelegram({ token, apiRoot, http, logger, times: { requestMs } }),
    news: (offset = 0, timeoutS = 0) => ({ offset, timeoutS, limit: 100, signal: forever }),
  };
}

export const plain = (text: string) => ({ text, entities: [] });

/** What it failed with, in the members that matter. */
export async function failureOf(promise: Promise<unknown>) {
  const failure = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(failure instanceof TelegramFailure)) throw new Error(`no TelegramFailure: ${String(failure)}`);
  return failure;
}

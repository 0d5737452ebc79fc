import type { TelegramMode } from '../../../src-shared/api/telegram.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import type { TelegramRequest } from './request.ts';

/** What was given of a set-up, while its chat is missing, or a word about the webhook of another program. */
export interface TelegramSetup {
  /** Left out: the one that is set. */
  token?: string;
  chat_id?: string;
  mode?: TelegramMode;
}

/** Kept in memory: who begins one goes on with it, and the token need not be typed again. */
export function telegramDrafts() {
  const drafts = new Map<BotId, TelegramSetup>();
  return {
    of: ({ id }: { id: BotId }): TelegramSetup | undefined => drafts.get(id),
    keep: ({ id }: { id: BotId }, setup: TelegramSetup): void => void drafts.set(id, setup),
    forget: ({ id }: { id: BotId }): void => void drafts.delete(id),
  };
}

/** What was begun, as long as nothing is set up: a bridge that was set up elsewhere meanwhile is what is meant then. */
export async function begunOf({
  services,
  drafts,
  bot,
}: Pick<TelegramRequest, 'services' | 'drafts' | 'bot'>): Promise<TelegramSetup | undefined> {
  const begun = drafts.of(bot);
  return begun && (await services.telegram.shown(bot)).configured ? undefined : begun;
}
export type TelegramDrafts = ReturnType<typeof telegramDrafts>;

import type { z } from 'zod';
import type { CreateBotResource, TokenChange } from '../../src-shared/api/bot-resources.ts';
import type { CreateBot } from '../../src-shared/api/bots.ts';
import { TOKEN_SCOPES } from '../../src-shared/api/token-scopes.ts';
import { bareJidOnly } from '../../src-shared/jid.ts';
import { readAvatar } from '../engine/bots/bot-avatars.ts';
import type { Bot } from '../store/bot-repository.ts';
import type { Tx } from '../store/open.ts';
import { callerOf } from './auth.ts';
import type { RouteDeps } from './server.ts';

type Request = Parameters<typeof callerOf>[0];

/** What a person can do with bots over HTTP: one implementation for `/bot/…` and `/api/v1/bots`. */
export function botActs({ bots, dedicated, tokens, botAvatars, webhooks, store }: RouteDeps['services']) {
  /** Runs a change of one bot in a unit of its own; refuses an id that is unknown. */
  const change = <T>(id: number, work: (tx: Tx, bot: Bot) => Promise<T>): Promise<T> =>
    store.write(async (tx) => work(tx, await bots.find(id, undefined, tx)));

  return {
    change,
    /** Makes a bot with everything that it was to have; refuses before anything is made, wherever that can be known. */
    async create(
      request: Request,
      wanted: z.output<typeof CreateBot> &
        Pick<z.output<typeof CreateBotResource>, 'description' | 'webhook'>,
    ): Promise<{ bot: Bot; token: string; webhook?: { url: string; secret: string } | undefined }> {
      const { name, mode, avatar: image, scopes, description, webhook: hook } = wanted;
      if (hook) webhooks.check(hook.url);
      if (description !== undefined) bots.checkDescription(description);
      const owner = bareJidOnly(wanted.account ?? wanted.owner ?? '');
      const avatar = image ? await readAvatar(image) : undefined;
      const caller = callerOf(request);
      let webhook: { url: string; secret: string } | undefined;
      const finish = async (tx: Tx, bot: Bot) => {
        if (avatar) await botAvatars.set(tx, bot, avatar, caller);
        if (description !== undefined) await bots.setDescription(tx, bot, description, caller);
        if (!hook) return;
        const { url, allowed_updates: types, secret } = hook;
        webhook = await webhooks.set(tx, bot, { url, types, secret, rotateSecret: false }, caller);
      };
      if (mode === 'dedicated') {
        const made = await dedicated.create({ name, owner, scopes }, caller, finish);
        return { ...made, webhook };
      }
      return store.write(async (tx) => {
        const made = await bots.create(tx, { name, owner, mode, scopes }, caller);
        await finish(tx, made.bot);
        return { ...made, webhook };
      });
    },
    /** Resolves with whether the account of a dedicated bot is gone too; undefined for one that had none. */
    async delete(request: Request, id: number): Promise<{ account_removed?: boolean }> {
      const errand = await change(id, (tx, bot) => dedicated.delete(tx, bot, callerOf(request)));
      return errand === undefined ? {} : { account_removed: await dedicated.isRemoved(errand) };
    },
    setActive: (request: Request, id: number, isActive: boolean) =>
      change(id, (tx, bot) => bots.setActive(tx, bot, isActive, callerOf(request))),
    /** Resolves with the new token and what it may do. */
    async replaceToken(request: Request, id: number, wish: z.output<typeof TokenChange>) {
      const { overlap_s: overlapS, scopes } = wish;
      const token = await change(id, (tx, bot) =>
        tokens.replace(tx, bot, callerOf(request), { overlapS, scopes }),
      );
      return { token, ...(scopes && scopes.length < TOKEN_SCOPES.length && { scopes }) };
    },
    revoke: (request: Request, id: number) =>
      change(id, (tx, bot) => bots.revoke(tx, bot, callerOf(request))),
  };
}

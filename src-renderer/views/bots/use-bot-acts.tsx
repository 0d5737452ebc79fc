import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { changeBot, removeBot, removeBotToken } from '../../../src-shared/client/window.ts';
import { engine } from '../../client.ts';
import { paths } from '../../places.ts';
import { type Bot, botsQuery, holdStatus, releaseStatus } from '../../queries/bots.ts';
import { useText } from '../../text/use-text.ts';
import { confirmHarm } from '../../ui/confirm.tsx';
import { toast, toastProblem, toastWithUndo } from '../../ui/toasts.tsx';
import { openRegenerate } from './regenerate.tsx';

/** The last wish of each bot's switch: the next one waits for it, so the engine hears them in the order of the clicks. */
const wishes = new Map<number, Promise<unknown>>();

/** What can be done with a bot, each with as much of a question as it can do harm. */
export function useBotActs() {
  const text = useText();
  const client = useQueryClient();
  const [location, go] = useLocation();
  const { bots } = text;

  async function setActive({ id, name }: Pick<Bot, 'id' | 'name'>, active: boolean, isUndo = false) {
    const { queryKey } = botsQuery;
    const wish = (wishes.get(id) ?? Promise.resolve()).then(() => changeBot(engine, { id, active }));
    const place = wish.catch(() => undefined);
    wishes.set(id, place);
    // Shown at once, and as long as the engine has not heard of it.
    const status = active ? ('active' as const) : ('disabled' as const);
    holdStatus(id, status);
    client.setQueryData(queryKey, (list) => list?.map((bot) => (bot.id === id ? { ...bot, status } : bot)));
    try {
      await wish;
    } catch (error) {
      toastProblem(error as Error);
      return;
    } finally {
      if (wishes.get(id) === place) releaseStatus(id);
      await client.invalidateQueries({ queryKey });
    }
    // The list read again can come later for an older wish: only the last one is told, with the way back from it.
    if (wishes.get(id) !== place) return;
    const said = active ? bots.switchedOn(name) : bots.switchedOff(name);
    if (isUndo) toast(said);
    else
      toastWithUndo(
        said,
        { label: text.common.undo, run: () => void setActive({ id, name }, !active, true) },
        `switch of bot ${id}`,
      );
  }

  return {
    setActive,
    regenerate: (bot: Bot) => openRegenerate(bot, bots.regenerate.title(bot.name)),
    chat: ({ owner, mode, jid }: Bot) => go(paths.chat(owner, mode === 'dedicated' ? jid : owner)),
    open: ({ id }: Bot, tab?: string) => go(paths.bot(id, tab)),
    revoke({ id, name }: Bot): void {
      confirmHarm({
        title: bots.revoke.title(name),
        body: bots.revoke.body,
        action: bots.revoke.action,
        async run() {
          await removeBotToken(engine, { id });
          await client.invalidateQueries({ queryKey: ['bots'] });
          toast(bots.revoke.done(name));
        },
      });
    },
    remove({ id, name, mode, jid, waiting_updates: waiting }: Bot): void {
      const { gone } = bots.remove;
      confirmHarm({
        title: bots.remove.title(name),
        body: bots.remove.body,
        gone: [
          ...(mode === 'dedicated' ? [gone.account(jid), gone.contact] : []),
          gone.token,
          ...(waiting > 0 ? [gone.waiting(waiting)] : []),
        ],
        action: bots.remove.action,
        name,
        async run() {
          await removeBot(engine, { id });
          await client.invalidateQueries({ queryKey: ['bots'] });
          if (`${location}/`.startsWith(`${paths.bot(id)}/`)) go(paths.bots);
          toast(bots.remove.done(name));
        },
      });
    },
  };
}
export type BotActs = ReturnType<typeof useBotActs>;

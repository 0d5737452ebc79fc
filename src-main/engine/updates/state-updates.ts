import type { Clock } from '../../base/clock.ts';
import type { BotRepository } from '../../store/bot-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { MessageNews } from '../messages/outbox.ts';
import { speakerOf } from '../messages/outgoing.ts';
import { stateData } from './update-data.ts';
import type { UpdateService } from './update-service.ts';
import { asksFor } from './wanted-types.ts';

interface StateUpdatesDeps {
  bots: BotRepository;
  updates: UpdateService;
  clock: Clock;
}

/** Tells the bot that sent a message how far it came, in the unit that notes it, if its program asks for that. */
export function stateUpdates({ bots, updates, clock }: StateUpdatesDeps) {
  return async (tx: Tx, news: MessageNews): Promise<void> => {
    const bot = news.botId === null ? undefined : await bots.byId(news.botId, tx);
    if (bot?.status !== 'active' || !asksFor(bot, 'message_state')) return;
    const data = stateData(speakerOf(bot), news, clock.now());
    await updates.queue(tx, bot.id, { type: 'message_state', conversation: news.conversation, data });
  };
}

import type { z } from 'zod';
import type { BridgeMessageData } from '../../../src-shared/api/updates.ts';
import type { Bot, BotRepository } from '../../store/bot-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { UpdateService } from '../updates/update-service.ts';
import { asksFor } from '../updates/wanted-types.ts';

export interface BridgeUpdatesDeps {
  bots: Pick<BotRepository, 'byId'>;
  updates: Pick<UpdateService, 'queue'>;
}

/**
 * Tells a bot's program what came over its bridge, where it asks for that (contract, section 7, "Updates"). What the program
 * says to it does not go back by itself: only what it sends to Telegram does.
 */
export const bridgeUpdates =
  ({ bots, updates }: BridgeUpdatesDeps) =>
  async (tx: Tx, botId: Bot['id'], data: z.input<typeof BridgeMessageData>): Promise<void> => {
    const bot = await bots.byId(botId, tx);
    if (!bot || !asksFor(bot, 'bridge_message')) return;
    await updates.queue(tx, bot.id, { type: 'bridge_message', conversation: bot.owner, data });
  };
export type BridgeUpdates = ReturnType<typeof bridgeUpdates>;

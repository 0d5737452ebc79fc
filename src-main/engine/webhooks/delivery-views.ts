import { refuse } from '../../../src-shared/errors.ts';
import { redact } from '../../base/redact.ts';
import type { Bot, BotRepository } from '../../store/bot-repository.ts';
import type { DeliveryRepository, DeliveryState, StoredDelivery } from '../../store/delivery-repository.ts';
import type { FileLinks } from '../files/file-links.ts';
import { typesAskedFor } from '../updates/wanted-types.ts';
import { deliveryBody } from './attempt.ts';
import { type DeliveryDetails, readDetails } from './delivery-details.ts';
import type { DeliveryLog } from './delivery-log.ts';
import type { DeliveryRunner } from './delivery-runner.ts';

interface DeliveryViewsDeps {
  rows: DeliveryRepository;
  bots: BotRepository;
  deliveries: Pick<DeliveryRunner, 'nextTryOf'>;
  links: FileLinks;
  log: Pick<DeliveryLog, 'recentOf'>;
}

/** `nextTryAt`: Unix milliseconds. */
export interface SeenDelivery extends StoredDelivery {
  nextTryAt: number | undefined;
}

/** What became of a bot's updates at its webhook, for people to look at. */
export function deliveryViews({ rows, bots, deliveries, links, log }: DeliveryViewsDeps) {
  const typesOf = ({ webhookUrl, updateTypes }: Bot) =>
    webhookUrl === undefined ? undefined : typesAskedFor(updateTypes);
  const seen = (bot: Bot, stored: StoredDelivery): SeenDelivery => ({
    ...stored,
    nextTryAt: stored.state === 'retrying' ? deliveries.nextTryOf(bot.id, stored.conversation) : undefined,
  });

  return {
    /** The newest first; `next` is where to go on. */
    async page(
      bot: Bot,
      wish: { state?: DeliveryState | undefined; before?: number | undefined; limit: number },
    ): Promise<{ deliveries: SeenDelivery[]; next: number | undefined }> {
      const found = await rows.page(bot.id, { ...wish, limit: wish.limit + 1, types: typesOf(bot) });
      const page = found.slice(0, wish.limit);
      return {
        deliveries: page.map((one) => seen(bot, one)),
        next: found.length > page.length ? page.at(-1)?.updateId : undefined,
      };
    },

    /** One of them, with what was sent and answered at its last attempt. */
    async one(
      bot: Bot,
      updateId: number,
    ): Promise<SeenDelivery & { request: DeliveryDetails & { body: string | undefined } }> {
      const [found] = await rows.page(bot.id, { updateId, limit: 1, types: typesOf(bot) });
      if (!found) throw refuse('delivery.not-found', { id: bot.id, updateId });
      const { details, data } = await rows.detailsOf(bot.id, updateId);
      const webhook = await bots.webhookOf(bot.id);
      const kept = details ?? log.recentOf(bot.id, updateId);
      const known = kept === undefined ? undefined : readDetails(kept);
      return {
        ...seen(bot, found),
        request: {
          url: known?.url ?? redact(webhook?.url ?? ''),
          headers: known?.headers ?? {},
          answer: known?.answer ?? null,
          body:
            data === undefined ? undefined : deliveryBody({ updateId, type: found.type, data: links(data) }),
        },
      };
    },
  };
}
export type DeliveryViews = ReturnType<typeof deliveryViews>;

import { randomUUID } from 'node:crypto';
import { refuse } from '../../../src-shared/errors.ts';
import { reason as why } from '../../../src-shared/text/reasons.ts';
import type { AddressPolicy } from '../../base/address-guard.ts';
import type { Clock } from '../../base/clock.ts';
import type { HttpClient } from '../../base/http-client.ts';
import type { Bot, BotRepository } from '../../store/bot-repository.ts';
import { attempt } from './attempt.ts';
import { checkAddress } from './check-address.ts';
import type { DeliveryRunner } from './delivery-runner.ts';
import { newWebhookSecret } from './signature.ts';

interface WebhookTrialsDeps {
  bots: BotRepository;
  client: HttpClient;
  deliveries: Pick<DeliveryRunner, 'probe'>;
  policy: () => AddressPolicy;
  clock: Clock;
  version: string;
}

/** What an address did with a test. */
export interface Trial {
  isDelivered: boolean;
  status: number | undefined;
  tookMs: number;
  /** In words, where it was not delivered. */
  error: string | undefined;
}

/** No update has it: the program sees that this one is none of the queue. */
const TEST_ID = 0;

/** Tries addresses when a person asks for it. */
export function webhookTrials({ bots, client, deliveries, policy, clock, version }: WebhookTrialsDeps) {
  return {
    /**
     * Posts one signed update of type `test`, once; nothing of it is stored. It is signed with the secret given, else
     * with that of the same address, else with one that is thrown away: a secret goes to no other address.
     */
    async test(bot: Bot, { url, secret }: { url: string; secret: string | undefined }): Promise<Trial> {
      checkAddress(url, policy());
      const known = await bots.webhookOf(bot.id);
      const kept = known?.url === url ? known.secret : undefined;
      const data = JSON.stringify({ bot_id: bot.id, bot_name: bot.name, timestamp: unixSeconds(clock) });
      const { verdict, seen } = await attempt(
        client,
        { url, secret: secret ?? kept ?? newWebhookSecret() },
        { updateId: TEST_ID, type: 'test', data, deliveryId: randomUUID(), attempts: 0 },
        clock,
        version,
      );
      return {
        isDelivered: verdict.kind === 'delivered',
        status: seen.answer?.status,
        tookMs: Math.round(seen.tookMs),
        error:
          verdict.kind === 'delivered'
            ? undefined
            : 'reason' in verdict
              ? verdict.reason
              : why('webhook.answered', { status: 410 }),
      };
    },

    /** Ends the rest of the bot's address: one update goes there now. Refuses where none can go. */
    probe(bot: Bot): void {
      if (bot.webhookUrl === undefined) throw refuse('webhook.not-set', { id: bot.id });
      if (!deliveries.probe(bot.id)) throw refuse('webhook.idle', { id: bot.id });
    },
  };
}
export type WebhookTrials = ReturnType<typeof webhookTrials>;

const unixSeconds = (clock: Clock) => Math.floor(clock.now() / 1_000);

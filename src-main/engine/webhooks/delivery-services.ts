import type { EngineEvents } from '../../../src-shared/events.ts';
import type { AddressPolicy } from '../../base/address-guard.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import { HttpClient } from '../../base/http-client.ts';
import type { Logger } from '../../base/logger.ts';
import type { SecretBox } from '../../base/secret-box.ts';
import { WakeUpWatch } from '../../gateways/xmpp/wake-up.ts';
import { activityRepository } from '../../store/activity-repository.ts';
import type { BotRepository } from '../../store/bot-repository.ts';
import type { DeadLetterRepository } from '../../store/dead-letter-repository.ts';
import { deliveryRepository } from '../../store/delivery-repository.ts';
import type { Store } from '../../store/open.ts';
import type { UpdateRepository } from '../../store/update-repository.ts';
import type { WebhookEndpointRepository } from '../../store/webhook-endpoint-repository.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { botActivity } from '../bots/bot-activity.ts';
import type { FileLinks } from '../files/file-links.ts';
import type { OwnerNotices } from '../notices/owner-notices.ts';
import type { SensitiveChanges } from '../notices/sensitive-changes.ts';
import type { SettingService } from '../settings/setting-service.ts';
import { deadLetters as deadLettersOf } from './dead-letters.ts';
import { deliveryLog } from './delivery-log.ts';
import { DeliveryRunner } from './delivery-runner.ts';
import { deliveryViews } from './delivery-views.ts';
import { webhookService } from './webhook-service.ts';
import { webhookTrials } from './webhook-trials.ts';

interface DeliveryServicesDeps {
  store: Store;
  box: SecretBox;
  bots: BotRepository;
  updates: UpdateRepository;
  letters: DeadLetterRepository;
  endpoints: WebhookEndpointRepository;
  notices: OwnerNotices;
  changes: SensitiveChanges;
  settings: Pick<SettingService, 'get'>;
  audit: AuditTrail;
  events: Emitter<EngineEvents>;
  policy: () => AddressPolicy;
  /** Completes what is handed out. */
  links: FileLinks;
  clock: Clock;
  logger: Logger;
  version: string;
}

/** Everything that brings updates to webhooks, and that shows people what became of them. */
export function deliveryServices(deps: DeliveryServicesDeps) {
  const { store, box, letters, settings, policy, clock } = deps;
  const rows = deliveryRepository(store, box);
  const log = deliveryLog({ ...deps, rows });
  const wakeUp = new WakeUpWatch({ clock });
  const client = new HttpClient(policy);
  const deliveries = new DeliveryRunner({
    ...deps,
    deadLetters: letters,
    client,
    log,
    isEnabled: () => settings.get('bot_features_enabled'),
    onWakeUp: (listener) => wakeUp.on(listener),
  });
  const deadLetters = deadLettersOf({ ...deps, deliveries: rows });
  return {
    /** Speaks to addresses given by others. */
    client,
    deliveries,
    deliveryLog: log,
    deliveryViews: deliveryViews({ ...deps, rows, deliveries, log }),
    activity: botActivity({ ...deps, rows: activityRepository(store) }),
    deadLetters,
    webhooks: webhookService({ ...deps, deadLetters, deliveries }),
    webhookTrials: webhookTrials({ ...deps, client, deliveries }),
  };
}

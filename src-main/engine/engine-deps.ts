import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { SecretBox } from '../base/secret-box.ts';
import type { openProvider } from '../gateways/ai/provider.ts';
import type { SessionPool } from '../gateways/xmpp/session-pool.ts';
import type { AdHocOffer } from '../gateways/xmpp/xep-0050-ad-hoc.ts';
import type { Account } from '../store/account-repository.ts';
import type { Services } from './engine.ts';
import type { CommandRunner } from './messages/inbound-roles.ts';
import type { ApiDoor } from './settings/api-door.ts';

/** What an engine is built on. */
export interface EngineDeps {
  dataDir: string;
  box: SecretBox;
  clock: Clock;
  logger: Logger;
  version: string;
  /** The chat edge, built on the engine's services. */
  commands: (services: Services) => CommandRunner;
  /** What a dedicated bot answers itself in the chat with its owner. */
  menu: (services: Services) => CommandRunner;
  /** The same commands for menus of chat clients (XEP-0050). */
  adHoc: (services: Services) => (owner: Account) => AdHocOffer;
  /** Ports that this program listens on: no webhook leads there. */
  ownPorts: () => readonly number[];
  /** The sessions with servers; real ones when left out. */
  pool?: SessionPool;
  /** Speaks to providers of AI; the real ones when left out. */
  openAi?: typeof openProvider;
  /** How the API is reached. */
  apiDoor: ApiDoor;
}

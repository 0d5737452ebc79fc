import { join } from 'node:path';
import type { AddressPolicy } from '../../base/address-guard.ts';
import type { Clock } from '../../base/clock.ts';
import { HttpClient } from '../../base/http-client.ts';
import type { Logger } from '../../base/logger.ts';
import type { SecretBox } from '../../base/secret-box.ts';
import type { AccountRepository } from '../../store/account-repository.ts';
import type { BotRepository } from '../../store/bot-repository.ts';
import type { Store } from '../../store/open.ts';
import { receivedFileRepository } from '../../store/received-file-repository.ts';
import type { AccountSessions } from '../accounts/account-sessions.ts';
import type { OutgoingServices } from '../messages/outgoing-services.ts';
import type { Post } from '../messages/post.ts';
import type { ApiDoor } from '../settings/api-door.ts';
import type { SettingService } from '../settings/setting-service.ts';
import { fileLinks } from './file-links.ts';
import { filePassage } from './file-passage.ts';
import { fileSender } from './file-sender.ts';
import { fileStore } from './file-store.ts';
import { receivedFiles } from './received-files.ts';
import { serverFiles } from './server-files.ts';

interface FileServicesDeps {
  store: Store;
  box: SecretBox;
  dataDir: string;
  accounts: AccountRepository;
  bots: BotRepository;
  out: Pick<OutgoingServices, 'outgoing' | 'idempotency'>;
  post: Post;
  sessions: Pick<AccountSessions, 'of'>;
  settings: Pick<SettingService, 'get'>;
  apiDoor: Pick<ApiDoor, 'reached'>;
  policy: () => AddressPolicy;
  clock: Clock;
  logger: Logger;
}

const HOUR_MS = 60 * 60 * 1_000;

/** Files in both directions. */
export function fileServices({ store, box, dataDir, out, ...deps }: FileServicesDeps) {
  const { post, settings, sessions, apiDoor, policy, clock, logger } = deps;
  const files = fileStore(join(dataDir, 'files'));
  const client = new HttpClient(policy);
  const server = serverFiles({ store: files, policy, clock });
  const passage = filePassage({ ...out, store, server, post });
  return {
    passage,
    nearFor: server.nearFor,
    sending: fileSender({ ...out, store, files, passage, post, client, policy }),
    received: receivedFiles({
      ...deps,
      store,
      repository: receivedFileRepository(store, box),
      files,
      server,
      sessionOf: (jid) => sessions.of(jid),
      keptMs: () => settings.get('file_link_hours') * HOUR_MS,
    }),
    /** Completes the addresses of files in an update that is handed out. */
    links: fileLinks(() => apiDoor.reached().url),
    /** Removes what an engine that was killed left of files on their way. */
    tidyUp: () =>
      files
        .sweep(() => false)
        .catch((error: unknown) => logger.error({ err: error }, 'old files could not be removed')),
    close: () => client.close(),
  };
}

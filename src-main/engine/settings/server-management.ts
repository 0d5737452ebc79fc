import type { Store } from '../../store/open.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { SensitiveChanges } from '../notices/sensitive-changes.ts';
import type { ApiDoor } from './api-door.ts';
import { apiServer } from './api-server.ts';
import { changeSettings } from './change-settings.ts';
import { chatAdmin } from './chat-admin.ts';
import { ownCertificate } from './own-certificate.ts';
import type { SettingService } from './setting-service.ts';

/** What changes the installation, and who may do so from a chat. */
export function serverManagement(deps: {
  store: Store;
  settings: SettingService;
  audit: AuditTrail;
  apiDoor: ApiDoor;
  dataDir: string;
  changes: Pick<SensitiveChanges, 'operatorSettings'>;
}) {
  const change = changeSettings(deps);
  const server = apiServer({ ...deps, changeSettings: change, tell: deps.changes.operatorSettings });
  return {
    changeSettings: change,
    apiServer: server,
    ownCertificate: ownCertificate({ ...deps, server }),
    chatAdmin: chatAdmin(deps),
  };
}

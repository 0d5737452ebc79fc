import type { Store } from '../../store/open.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { ApiDoor } from './api-door.ts';
import { apiServer } from './api-server.ts';
import { changeSettings } from './change-settings.ts';
import { chatAdmin } from './chat-admin.ts';
import type { SettingService } from './setting-service.ts';

/** What changes the installation, and who may do so from a chat. */
export function serverManagement(deps: {
  store: Store;
  settings: SettingService;
  audit: AuditTrail;
  apiDoor: ApiDoor;
}) {
  const change = changeSettings(deps);
  return {
    changeSettings: change,
    apiServer: apiServer({ ...deps, changeSettings: change }),
    chatAdmin: chatAdmin(deps),
  };
}

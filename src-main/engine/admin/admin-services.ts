import type { SecretBox } from '../../base/secret-box.ts';
import type { SettingRepository } from '../../store/setting-repository.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { adminToken } from './admin-token.ts';
import { backupService } from './backup-service.ts';
import { panelSessions } from './panel-sessions.ts';

type AdminServicesDeps = Parameters<typeof backupService>[0] &
  Parameters<typeof panelSessions>[0] &
  Pick<EngineDeps, 'clock'> & { settingRows: SettingRepository; box: SecretBox };

/** Who may manage the installation, and its backups. */
export async function adminServices({ settingRows, ...deps }: AdminServicesDeps) {
  const panel = panelSessions(deps);
  return {
    panel,
    adminToken: await adminToken({ ...deps, repository: settingRows, onRotated: () => panel.endAll() }),
    backups: backupService(deps),
  };
}

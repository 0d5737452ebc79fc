import type { Caller } from '../../../src-shared/access.ts';
import type { ApiCertificate } from '../../../src-shared/api/status.ts';
import type { Store } from '../../store/open.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { SensitiveChanges } from '../notices/sensitive-changes.ts';
import type { ApiDoor, ReachedApi } from './api-door.ts';
import type { ChangeSettings } from './change-settings.ts';

interface ApiServerDeps {
  store: Store;
  audit: AuditTrail;
  apiDoor: ApiDoor;
  changeSettings: ChangeSettings;
  /** Tells the operator what was changed. */
  tell: SensitiveChanges['operatorSettings'];
}

/** The server as it is now. */
export interface ApiServerState extends ReachedApi {
  /** The certificate in use, or the one that would be; undefined in local mode. */
  certificate: ApiCertificate | undefined;
}

/** What the operator does with the server of the API. Everything resolves with how it is afterwards. */
export function apiServer({ store, audit, apiDoor, changeSettings, tell }: ApiServerDeps) {
  const state = async (): Promise<ApiServerState> => ({
    ...apiDoor.reached(),
    certificate: await apiDoor.certificate(),
  });

  return {
    state,
    /** Changes what says how the API is reached; refuses what it could not be opened with. */
    async change(
      settings: { api_mode?: string; api_port?: string; api_tls_cert?: string; api_tls_key?: string },
      caller: Caller,
    ): Promise<ApiServerState> {
      await changeSettings(settings, caller);
      return state();
    },
    /** Makes another self-made certificate, with another key. */
    async renewCertificate(caller: Caller): Promise<ApiCertificate> {
      const made = await apiDoor.renewCertificate();
      await store.write(async (tx) => {
        await audit.note(tx, caller, { action: 'certificate.renewed' });
        await tell(tx, { api_tls_cert: made.fingerprint ?? '' }, caller);
      });
      return made;
    },
    /** Takes the self-made certificate away. False: there was none. */
    async deleteCertificate(caller: Caller): Promise<boolean> {
      const wasThere = await apiDoor.deleteCertificate();
      if (!wasThere) return false;
      const now = await apiDoor.certificate();
      await store.write(async (tx) => {
        await audit.note(tx, caller, { action: 'certificate.deleted' });
        await tell(tx, { api_tls_cert: now?.fingerprint ?? '-' }, caller);
      });
      return true;
    },
  };
}
export type ApiServer = ReturnType<typeof apiServer>;

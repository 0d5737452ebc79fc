import type { SettingKey, SettingValue } from '../../../src-shared/api/settings.ts';
import type { ApiCertificate } from '../../../src-shared/api/status.ts';

/** Who reaches the API: this machine, or the network. */
export type ApiMode = SettingValue<'api_mode'>;

/** How the API is to be reached, as the settings say it. */
export interface ApiWish {
  mode: ApiMode;
  port: number;
  cert: string;
  key: string;
}

/** How the API is reached at this moment, which need not be what the settings say. */
export interface ReachedApi {
  mode: ApiMode;
  port: number;
  /** Base URL of the bot API. */
  url: string;
  /** What it listens on; none where no listener is open. */
  addresses: readonly string[];
  /** Why it is not as the settings have it, in words. */
  problem: string | undefined;
  /** What was said at the start: it comes before the settings. */
  given: { mode?: ApiMode | undefined; port?: number | undefined };
}

/** The API as the engine knows it: listeners and certificates belong to who runs the engine. */
export interface ApiDoor {
  /** The mode that is in effect, which need not be that of the setting. */
  mode(): ApiMode;
  reached(): ReachedApi;
  /** Refuses what the API could not be opened with now; `changed` are the settings that differ. */
  tryOut(wish: ApiWish, changed: ReadonlySet<SettingKey>): Promise<void>;
  /** Resolves when the API is as the settings have it, or cannot be. */
  settle(): Promise<void>;
  /** The certificate in use, or the one that would be; undefined in local mode. */
  certificate(): Promise<ApiCertificate | undefined>;
  /** Makes another self-made certificate, in effect at once where such a one is used. */
  renewCertificate(): Promise<ApiCertificate>;
  /** Takes the self-made certificate away; where such a one is used, another one is there at once. False: there was none. */
  deleteCertificate(): Promise<boolean>;
}

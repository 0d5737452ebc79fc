import type { BotAi, ProviderName } from '../../../../src-shared/api/ai.ts';
import { addressOf, keptOf, originOf } from './providers.ts';
import type { Values } from './values.ts';

/** What is saved of a provider that nobody sees again: it goes to the origin that it was given for, and nowhere else. */
export interface SavedSecrets {
  masked: string | null;
  headerNames: readonly string[];
  /** They were given for this origin, and questions are to go to another. */
  boundTo: string | undefined;
}

export function savedSecretsOf(ai: BotAi, provider: ProviderName, baseUrl: string): SavedSecrets {
  const kept = keptOf(ai, provider);
  const there = originOf(addressOf(provider, kept?.baseUrl ?? ''));
  const here = originOf(addressOf(provider, baseUrl));
  const masked = kept?.key ?? null;
  const headerNames = provider === ai.provider ? ai.header_names : [];
  const hasAny = masked !== null || headerNames.length > 0;
  const isElsewhere = hasAny && there !== undefined && here !== undefined && here !== there;
  return { masked, headerNames, boundTo: isElsewhere ? there : undefined };
}

/** What has to be given anew before questions may go there: the engine refuses it otherwise. */
export function lackOfSecrets(
  { masked, headerNames, boundTo }: SavedSecrets,
  { key, headers }: Pick<Values, 'key' | 'headers'>,
): 'key' | 'headers' | undefined {
  if (boundTo === undefined || key !== '') return undefined;
  if (masked !== null) return 'key';
  return headerNames.length > 0 && headers === undefined ? 'headers' : undefined;
}

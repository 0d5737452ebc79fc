import { createHash } from 'node:crypto';
import { askAddress, PROVIDERS } from '../../../src-shared/ai-providers.ts';
import {
  type AiDraft,
  isProviderName,
  PROVIDER_NAMES,
  type ProviderName,
} from '../../../src-shared/api/ai.ts';
import { refuse } from '../../../src-shared/errors.ts';
import { type AddressPolicy, AddressRefused, checkUrl } from '../../base/address-guard.ts';
import { redact } from '../../base/redact.ts';
import type { AiProviderRow } from '../../store/ai-config-repository.ts';

/** Whom a question goes to, with what. */
export interface AiTarget {
  provider: ProviderName;
  model: string;
  /** '' = the provider's own. */
  baseUrl: string;
  key: string | undefined;
  headers: Readonly<Record<string, string>>;
  /** The whole address that questions go to. */
  address: string;
  origin: string;
  /** The same for all bots with the same key at the same place: they share its allowance. */
  slot: string;
}

/** OpenClaw works on what this model is told by itself, and answers later, if at all. */
export const AGENT_MODEL = 'agent';
export const isTrigger = ({ provider, model }: Pick<AiTarget, 'provider' | 'model'>): boolean =>
  provider === 'openclaw' && model === AGENT_MODEL;

export const baseUrlOf = ({ provider, baseUrl }: Pick<AiTarget, 'provider' | 'baseUrl'>): string =>
  baseUrl || PROVIDERS[provider].defaultBaseUrl;

export function targetOf({ provider, model, baseUrl, key, headers }: AiProviderRow): AiTarget {
  const { origin } = new URL(baseUrlOf({ provider, baseUrl }));
  const slot = createHash('sha256')
    .update(JSON.stringify([origin, key ?? '', headers]))
    .digest('base64url');
  return {
    provider,
    model,
    baseUrl,
    key,
    headers,
    origin,
    slot,
    address: askAddress(provider, baseUrl, model),
  };
}

/** A provider by its name, as people type it. Refuses an unknown one with those that are known. */
export function providerNamed(name: string): ProviderName {
  const provider = name.trim().toLowerCase();
  if (isProviderName(provider)) return provider;
  throw refuse('ai.unknown-provider', { provider: name.slice(0, 40), known: PROVIDER_NAMES.join(', ') });
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** What self-hosted programs listen on by default on this machine: fine in both modes (contract, section 7). */
export function isDefaultPlace(provider: ProviderName, url: URL): boolean {
  const { defaultBaseUrl } = PROVIDERS[provider];
  if (defaultBaseUrl === '' || !LOOPBACK.has(url.hostname)) return false;
  const usual = new URL(defaultBaseUrl);
  return LOOPBACK.has(usual.hostname) && usual.port === url.port && usual.protocol === url.protocol;
}

/** Refuses an address that questions may not go to. Gives it as it is kept: '' for the provider's own. */
function checkedBaseUrl(provider: ProviderName, given: string, policy: AddressPolicy): string {
  const { defaultBaseUrl, label } = PROVIDERS[provider];
  const text = given.trim().replace(/\/+$/, '');
  if (text === '' || text === defaultBaseUrl) {
    if (defaultBaseUrl === '') throw refuse('ai.endpoint-missing', { provider: label });
    return '';
  }
  const atHome = URL.canParse(text) && isDefaultPlace(provider, new URL(text));
  try {
    const url = checkUrl(text, { ...policy, atHome });
    if (url.search !== '' || url.hash !== '')
      throw new AddressRefused('leave out everything from the first ? or # on');
    return text;
  } catch (error) {
    if (!(error instanceof AddressRefused)) throw error;
    throw refuse('ai.endpoint-refused', { url: redact(text), reason: error.message });
  }
}

const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/;
const ASCII_LINE = /^[\x20-\x7e]*$/;
const OWN_HEADERS =
  /^(?:host|content-.*|connection|transfer-encoding|te|upgrade|proxy-.*|expect|user-agent|accept.*)$/i;
const HEADERS_LIMIT = 20;

function checkHeaders(headers: Readonly<Record<string, string>>): void {
  const all = Object.entries(headers);
  const wrong = all.find(
    ([name, value], index) =>
      index >= HEADERS_LIMIT || !HEADER_NAME.test(name) || OWN_HEADERS.test(name) || !ASCII_LINE.test(value),
  );
  if (wrong) throw refuse('ai.header', { name: wrong[0].slice(0, 100) });
}

/** `-` and nothing stand for none. */
function keyIn(given: string): string | undefined {
  const key = given.trim();
  if (key === '' || key === '-') return undefined;
  if (!/^[\x21-\x7e]+$/.test(key)) throw refuse('ai.key-form', {});
  return key;
}

/**
 * A provider's row with what somebody wants of it, over what is remembered. Refuses what cannot be asked: a forbidden
 * address, a missing key or model, and a key that was given for another place and not again.
 */
export function changedRow(
  kept: AiProviderRow | undefined,
  provider: ProviderName,
  wanted: Omit<AiDraft, 'provider' | 'system'>,
  policy: AddressPolicy,
): AiProviderRow {
  const { needsKey, keySite, label } = PROVIDERS[provider];
  const baseUrl = checkedBaseUrl(provider, wanted.base_url ?? kept?.baseUrl ?? '', policy);
  const { origin } = new URL(baseUrlOf({ provider, baseUrl }));
  const isElsewhere = kept?.origin !== undefined && kept.origin !== origin;
  const needsAnew =
    (wanted.key === undefined && kept?.key !== undefined) ||
    (wanted.headers === undefined && wanted.key === undefined && Object.keys(kept?.headers ?? {}).length > 0);
  if (isElsewhere && needsAnew) throw refuse('ai.key-bound', { provider: label, origin: kept.origin ?? '' });
  const key = wanted.key === undefined ? kept?.key : keyIn(wanted.key);
  const headers = wanted.headers ?? (isElsewhere ? {} : (kept?.headers ?? {}));
  if (wanted.headers) checkHeaders(wanted.headers);
  if (needsKey && key === undefined) throw refuse('ai.key-missing', { provider: label, site: keySite });
  const model = (wanted.model ?? kept?.model ?? '').trim();
  if (model === '') throw refuse('ai.model-missing', { provider: label });
  const hasSecret = key !== undefined || Object.keys(headers).length > 0;
  return { provider, model, baseUrl, key, headers, origin: hasSecret ? origin : undefined };
}

// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';

export type GetAccountsAnswer = {
  jid: string;
  enabled: boolean;
  operator: boolean;
  service: string | null;
  /** A certificate authority of its own is trusted, in addition to those of the system. */
  own_ca: boolean;
  language: 'en' | 'de' | null;
  /** It has consented to an OMEMO device of its own here. */
  omemo: boolean;
  state: 'offline' | 'connecting' | 'online' | 'backing_off' | 'failed';
  reason: string | null;
  /** Unix seconds: when it was online last, or began to try; null: it is online, or switched off. */
  away_since: number | null;
  /** Unix seconds of the next try to sign in; null: none is planned. */
  next_try: number | null;
}[];

/**
 * List accounts. `GET /api/v1/accounts`
 * Refusals: `unauthorized`, `forbidden`, `misdirected_request`, `rate_limited`.
 */
export function getAccounts(client: Client, options?: CallOptions): Promise<GetAccountsAnswer> {
  return resultOf<GetAccountsAnswer>(client, { method: 'GET', path: '/api/v1/accounts' }, options);
}

export interface AddAccountInput {
  jid: string;
  password: string;
  /** Left out, it stays as it was; null: the server is found by its domain. */
  service?: string | null | undefined;
  /** PEM text of an authority to trust in addition. Left out, it stays as it was; null: none any more. */
  ca?: string | null | undefined;
  verify?: boolean | undefined;
  /** Consent to an OMEMO device of its own: the chat with oneself is encrypted then. */
  omemo?: boolean | undefined;
}

export interface AddAccountAnswer {
  jid: string;
  enabled: boolean;
  operator: boolean;
  service: string | null;
  /** A certificate authority of its own is trusted, in addition to those of the system. */
  own_ca: boolean;
  language: 'en' | 'de' | null;
  /** It has consented to an OMEMO device of its own here. */
  omemo: boolean;
  state: 'offline' | 'connecting' | 'online' | 'backing_off' | 'failed';
  reason: string | null;
  /** Unix seconds: when it was online last, or began to try; null: it is online, or switched off. */
  away_since: number | null;
  /** Unix seconds of the next try to sign in; null: none is planned. */
  next_try: number | null;
}

/**
 * Sign an account in; who hangs up cancels it. `POST /api/v1/accounts`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `conflict`, `too_large`, `unsupported_media_type`,
 * `misdirected_request`, `rate_limited`, `login_failed`, `storage_failed`, `stopping`.
 */
export function addAccount(
  client: Client,
  input: AddAccountInput,
  options?: CallOptions,
): Promise<AddAccountAnswer> {
  return resultOf<AddAccountAnswer>(
    client,
    { method: 'POST', path: '/api/v1/accounts', body: input },
    options,
  );
}

export interface ChangeAccountInput {
  jid: string;
  enabled?: boolean | undefined;
  operator?: true | undefined;
  language?: 'en' | 'de' | null | undefined;
  /** Consent to an OMEMO device; false takes the device off the network and forgets its keys. */
  omemo?: boolean | undefined;
}

export interface ChangeAccountAnswer {
  jid: string;
  enabled: boolean;
  operator: boolean;
  service: string | null;
  /** A certificate authority of its own is trusted, in addition to those of the system. */
  own_ca: boolean;
  language: 'en' | 'de' | null;
  /** It has consented to an OMEMO device of its own here. */
  omemo: boolean;
  state: 'offline' | 'connecting' | 'online' | 'backing_off' | 'failed';
  reason: string | null;
  /** Unix seconds: when it was online last, or began to try; null: it is online, or switched off. */
  away_since: number | null;
  /** Unix seconds of the next try to sign in; null: none is planned. */
  next_try: number | null;
}

/**
 * Switch an account or its OMEMO device on or off, choose its language, make it the operator. `PATCH
 * /api/v1/accounts/{jid}`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function changeAccount(
  client: Client,
  input: ChangeAccountInput,
  options?: CallOptions,
): Promise<ChangeAccountAnswer> {
  const { jid, ...body } = input;
  return resultOf<ChangeAccountAnswer>(
    client,
    { method: 'PATCH', path: `/api/v1/accounts/${encodeURIComponent(jid)}`, body },
    options,
  );
}

export interface RemoveAccountInput {
  jid: string;
  with_bots?: string | undefined;
}

export interface RemoveAccountAnswer {
  removed: string;
  /**
   * The number of its OMEMO device, where that could not be taken off the list of devices; null: nothing is
   * left.
   */
  device_left: number | null;
}

/**
 * Forget an account. `DELETE /api/v1/accounts/{jid}`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `conflict`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function removeAccount(
  client: Client,
  input: RemoveAccountInput,
  options?: CallOptions,
): Promise<RemoveAccountAnswer> {
  const { jid, ...query } = input;
  return resultOf<RemoveAccountAnswer>(
    client,
    { method: 'DELETE', path: `/api/v1/accounts/${encodeURIComponent(jid)}`, query },
    options,
  );
}

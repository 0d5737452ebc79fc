/** XMPP addresses (RFC 7622) as values: parsed once at the edge, valid ever after. */
import { refuse } from './errors.ts';

declare const brand: unique symbol;
/** `local@domain`, prepared: equal addresses are equal strings. */
export type BareJid = string & { readonly [brand]: 'bare' };
/** `local@domain/resource`, prepared. */
export type FullJid = string & { readonly [brand]: 'full' };

const MAX_PART_BYTES = 1023;
/** RFC 7622, 3.3.1, and what PRECIS' IdentifierClass leaves out: separators, controls, spaces, symbols of addressing. */
const FORBIDDEN_IN_LOCALPART = /["&'/:<>@\p{C}\p{Z}]/u;
const FORBIDDEN_IN_RESOURCE = /[\p{Cc}\p{Cs}\p{Cn}]/u;
const FORBIDDEN_IN_DOMAIN = /[\s/@:?#\\%<>"'&[\]\p{C}]/u;

/** What most local parts are made of: these are prepared as they are. */
const PLAIN_LOCALPART = /^[a-z0-9._-]{1,1023}$/;

/** Domains are few and come with every stanza: so many are remembered in their prepared form. */
const REMEMBERED_DOMAINS = 1_000;
const preparedDomains = new Map<string, string>();

const utf8Length = (text: string) => new TextEncoder().encode(text).length;

function partOf(part: string, jid: string): string {
  const bytes = utf8Length(part);
  if (bytes === 0 || bytes > MAX_PART_BYTES) throw refuse('jid.malformed', { jid });
  return part;
}

/** Full-width forms become narrow, case is folded, the result is composed (PRECIS UsernameCaseMapped, RFC 8265). */
function prepareLocalpart(local: string, jid: string): string {
  if (PLAIN_LOCALPART.test(local)) return local;
  const narrow = local.replace(/[\uFF01-\uFF5E]/g, (char) => char.normalize('NFKC'));
  const prepared = narrow.toLowerCase().normalize('NFC');
  if (FORBIDDEN_IN_LOCALPART.test(prepared)) throw refuse('jid.malformed', { jid });
  return partOf(prepared, jid);
}

/** The domain in lower case and ASCII form (IDNA), without a final dot. */
function prepareDomain(domain: string, jid: string): string {
  const known = preparedDomains.get(domain);
  if (known !== undefined) return known;
  const name = domain.replace(/\.$/, '');
  if (name === '' || FORBIDDEN_IN_DOMAIN.test(name) || !URL.canParse(`http://${name}/`)) {
    throw refuse('jid.malformed', { jid });
  }
  const prepared = partOf(new URL(`http://${name}/`).hostname, jid);
  // Strangers choose domains: a memory that is full begins anew.
  if (preparedDomains.size >= REMEMBERED_DOMAINS) preparedDomains.clear();
  preparedDomains.set(domain, prepared);
  return prepared;
}

interface Parts {
  local: string;
  domain: string;
  resource: string | undefined;
}

/** Splits as RFC 7622, 3.2 says: the resource starts at the first slash, the domain after the first at sign before it. */
function split(text: string): Parts {
  const slash = text.indexOf('/');
  const address = slash < 0 ? text : text.slice(0, slash);
  const at = address.indexOf('@');
  if (at < 1) throw refuse('jid.malformed', { jid: text });
  return {
    local: prepareLocalpart(address.slice(0, at), text),
    domain: prepareDomain(address.slice(at + 1), text),
    resource: slash < 0 ? undefined : text.slice(slash + 1),
  };
}

/** Accepts `local@domain` with or without a resource, which is dropped. Refuses anything else. */
export function bareJid(text: string): BareJid {
  const { local, domain } = split(text.trim());
  return `${local}@${domain}` as BareJid;
}

/** Accepts `local@domain` only: an address with a resource is refused (contract, section 7). */
export function bareJidOnly(text: string): BareJid {
  if (text.includes('/')) throw refuse('jid.has-resource', { jid: text });
  return bareJid(text);
}

export function fullJid(text: string): FullJid {
  const { local, domain, resource } = split(text);
  if (!resource || FORBIDDEN_IN_RESOURCE.test(resource)) throw refuse('jid.malformed', { jid: text });
  return `${local}@${domain}/${partOf(resource.normalize('NFC'), text)}` as FullJid;
}

/** The bare JID of a stanza's address, or undefined where it has none or a broken one (a server's, a component's). */
export function bareOf(address: string | undefined): BareJid | undefined {
  if (!address) return undefined;
  try {
    return bareJid(address);
  } catch {
    return undefined;
  }
}

export const localpartOf = (jid: BareJid): string => jid.slice(0, jid.indexOf('@'));
export const domainOf = (jid: BareJid | FullJid): string =>
  (jid.split('/', 1)[0] ?? '').slice(jid.indexOf('@') + 1);
export const resourceOf = (jid: FullJid): string => jid.slice(jid.indexOf('/') + 1);
export const withoutResource = (jid: FullJid): BareJid => jid.slice(0, jid.indexOf('/')) as BareJid;

import ipaddr from 'ipaddr.js';

/** Which addresses a URL given by others may lead to (contract, section 7, "Addresses given by others"). */
export interface AddressPolicy {
  /** http and https to this machine are fine (local mode). */
  allowLoopback: boolean;
  /** Host names, addresses and networks (CIDR) that are fine although private; http is fine there too. */
  allowPrivate: readonly string[];
  /** Ports of this program: never a target on this machine. */
  ownPorts: readonly number[];
}

/** A target that must not be reached; `message` says why, in words for people. */
export class AddressRefused extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'AddressRefused';
  }
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** The plain address of a URL's host, or undefined for a name. WHATWG parsing has resolved odd notations already. */
function literalOf(hostname: string): Address | undefined {
  const text = hostname.replace(/^\[|\]$/g, '');
  return ipaddr.isValid(text) ? ipaddr.process(text) : undefined;
}

const isLocalName = (hostname: string) => /(^|\.)localhost\.?$/.test(hostname);

function isException(policy: AddressPolicy, hostname: string, address: Address | undefined): boolean {
  return policy.allowPrivate.some((entry) => {
    if (entry.toLowerCase() === hostname.replace(/^\[|\]$/g, '')) return true;
    if (!address) return false;
    if (ipaddr.isValidCIDR(entry)) {
      const network = ipaddr.parseCIDR(entry);
      return address.kind() === network[0].kind() && address.match(network);
    }
    return ipaddr.isValid(entry) && ipaddr.process(entry).toString() === address.toString();
  });
}

const OURSELVES = 'it leads back to Botmother itself';
const LEADS_HERE = new Set(['loopback', 'unspecified']);
/** Given to everybody in the internet: of IPv6 only that part (RFC 4291, 2.4); metadata services are none of it. */
const GLOBAL_V6 = ipaddr.IPv6.parseCIDR('2000::/3');
const METADATA = new Set(['168.63.129.16', '100.100.100.200']);

function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast' || METADATA.has(address.toString())) return false;
  return address.kind() === 'ipv4' || address.match(GLOBAL_V6);
}

const portOf = (url: URL) => Number(url.port || (url.protocol === 'https:' ? 443 : 80));

function checkAddress(url: URL, address: Address, policy: AddressPolicy): void {
  const range = address.range();
  if (LEADS_HERE.has(range) && policy.ownPorts.includes(portOf(url))) {
    throw new AddressRefused(OURSELVES);
  }
  if (range === 'loopback' && policy.allowLoopback) return;
  if (isException(policy, url.hostname, address)) return;
  if (!isPublic(address)) {
    throw new AddressRefused(
      `${address.toString()} is not a public address; add it to webhook_allow_private if you trust it`,
    );
  }
  if (url.protocol !== 'https:') throw new AddressRefused('use https://, http:// is for this machine only');
}

/**
 * Checks what can be known without asking DNS: the scheme, credentials, and an address written as a literal.
 * Throws `AddressRefused`.
 */
export function checkUrl(text: string, policy: AddressPolicy): URL {
  if (!URL.canParse(text))
    throw new AddressRefused('it is not a complete address like https://host.example/path');
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new AddressRefused('use https://');
  if (url.username !== '' || url.password !== '')
    throw new AddressRefused('leave out the user name and password');
  if (portOf(url) === 0) throw new AddressRefused('nothing can be reached at port 0');
  // Without asking DNS it is known where that leads (RFC 6761, 6.3).
  if (isLocalName(url.hostname) && policy.ownPorts.includes(portOf(url))) throw new AddressRefused(OURSELVES);
  const literal = literalOf(url.hostname);
  if (literal) checkAddress(url, literal, policy);
  else if (
    url.protocol === 'http:' &&
    !(policy.allowLoopback && isLocalName(url.hostname)) &&
    !isException(policy, url.hostname, undefined)
  ) {
    throw new AddressRefused('use https://, http:// is for this machine only');
  }
  return url;
}

/** Checks an address that a name resolved to, right before it is connected to. Throws `AddressRefused`. */
export function checkResolved(url: URL, address: string, policy: AddressPolicy): void {
  checkAddress(url, ipaddr.process(address), policy);
}

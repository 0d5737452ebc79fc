import { networkInterfaces } from 'node:os';
import ipaddr from 'ipaddr.js';
import { reason } from '../../src-shared/text/reasons.ts';
import { isException, mayLeadToException } from './address-exceptions.ts';

/** Which addresses a URL given by others may lead to (contract, section 7, "Addresses given by others"). */
export interface AddressPolicy {
  /** http and https to this machine are fine (local mode). */
  allowLoopback: boolean;
  /** Names, addresses and networks (CIDR), with a port or without, that are fine although private; http too. */
  allowPrivate: readonly string[];
  /** Ports of this program: never a target on this machine. */
  ownPorts: readonly number[];
  /**
   * An address that is trusted already. Where it is private itself, others that are no more public are fine too, over
   * https: an XMPP server at home keeps its files at home.
   */
  near?: string | undefined;
  /** Servers of one's own are meant: this machine and its surroundings are fine, http too. Others need https as ever. */
  atHome?: boolean | undefined;
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

const OURSELVES = reason('address.own', {});
const LEADS_HERE = new Set(['loopback', 'unspecified']);
/** Given to everybody in the internet: of IPv6 only that part (RFC 4291, 2.4); metadata services are none of it. */
const GLOBAL_V6 = ipaddr.IPv6.parseCIDR('2000::/3');
const METADATA = new Set(['168.63.129.16', '100.100.100.200', 'fd00:ec2::254']);
const AT_HOME = new Set(['private', 'uniqueLocal', 'carrierGradeNat']);

function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast' || METADATA.has(address.toString())) return false;
  return address.kind() === 'ipv4' || address.match(GLOBAL_V6);
}

/** Of this machine's own addresses, whichever network they belong to. */
function leadsHere(address: Address): boolean {
  if (LEADS_HERE.has(address.range())) return true;
  const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  return own.some(
    (one) => ipaddr.process(one.address.split('%', 1)[0] ?? '').toString() === address.toString(),
  );
}

/** Whether an address is no public one but of this machine or its surroundings. */
export function isAtHome(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const range = ipaddr.process(address).range();
  return range === 'loopback' || AT_HOME.has(range);
}

/** From this machine everything at home is near; from a machine at home, this machine is not. */
function isNear(address: Address, near: string | undefined): boolean {
  if (near === undefined || !ipaddr.isValid(near) || METADATA.has(address.toString())) return false;
  const [range, from] = [address.range(), ipaddr.process(near).range()];
  if (from === 'loopback') return range === 'loopback' || AT_HOME.has(range);
  return AT_HOME.has(from) && AT_HOME.has(range);
}

const portOf = (url: URL) => Number(url.port || (url.protocol === 'https:' ? 443 : 80));

const isNamed = ({ allowPrivate }: AddressPolicy, url: URL, address: Address | undefined) =>
  isException(allowPrivate, { hostname: url.hostname, port: portOf(url) }, address);

function checkAddress(url: URL, address: Address, policy: AddressPolicy): void {
  const range = address.range();
  if (policy.ownPorts.includes(portOf(url)) && leadsHere(address)) {
    throw new AddressRefused(OURSELVES);
  }
  if (range === 'loopback' && policy.allowLoopback) return;
  if (isNamed(policy, url, address)) return;
  if (policy.atHome && isAtHome(address.toString()) && !METADATA.has(address.toString())) return;
  if (url.protocol === 'https:' && isNear(address, policy.near)) return;
  if (!isPublic(address)) {
    throw new AddressRefused(reason('address.private', { address: address.toString() }));
  }
  if (url.protocol !== 'https:') throw new AddressRefused(reason('address.not-encrypted', {}));
}

interface Target {
  /** Nobody changes it. */
  url: Readonly<URL>;
  literal: Address | undefined;
}

/** The same few addresses are asked for with every update; reading one costs more than checking it. */
const REMEMBERED_TARGETS = 200;
const remembered = new Map<string, Target>();

function targetOf(text: string): Target | undefined {
  const known = remembered.get(text);
  if (known) return known;
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const target = { url, literal: literalOf(url.hostname) };
  if (remembered.size >= REMEMBERED_TARGETS) remembered.clear();
  remembered.set(text, target);
  return target;
}

/**
 * Checks what can be known without asking DNS: the scheme, credentials, and an address written as a literal.
 * Throws `AddressRefused`.
 */
export function checkUrl(text: string, policy: AddressPolicy): Readonly<URL> {
  const target = targetOf(text);
  if (!target) throw new AddressRefused(reason('address.incomplete', {}));
  const { url, literal } = target;
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new AddressRefused(reason('address.no-http', {}));
  if (url.username !== '' || url.password !== '') throw new AddressRefused(reason('address.login', {}));
  if (portOf(url) === 0) throw new AddressRefused(reason('address.no-port', {}));
  // Without asking DNS it is known where that leads (RFC 6761, 6.3).
  if (isLocalName(url.hostname) && policy.ownPorts.includes(portOf(url))) throw new AddressRefused(OURSELVES);
  if (literal) checkAddress(url, literal, policy);
  else if (
    url.protocol === 'http:' &&
    !(policy.allowLoopback && isLocalName(url.hostname)) &&
    !policy.atHome &&
    !isNamed(policy, url, undefined) &&
    !mayLeadToException(policy.allowPrivate, portOf(url))
  ) {
    throw new AddressRefused(reason('address.not-encrypted', {}));
  }
  return url;
}

/** Checks an address that a name resolved to, right before it is connected to. Throws `AddressRefused`. */
export function checkResolved(url: URL, address: string, policy: AddressPolicy): void {
  checkAddress(url, ipaddr.process(address), policy);
}

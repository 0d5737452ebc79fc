import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

const withoutBrackets = (host: string) => host.replace(/^\[|\]$/g, '');
/** Names as DNS compares them. */
const plainName = (host: string) => withoutBrackets(host).toLowerCase().replace(/\.$/, '');

/**
 * One entry of `webhook_allow_private`: a name, an address or a network (CIDR), each with a port or for all ports.
 * An address of IPv6 with a port is in brackets: `[fd00::1]:8080`.
 */
function partsOf(entry: string): { host: string; port: string | undefined } {
  const [, inBrackets, portBehind] = /^\[(.+)\](?::(\d+))?$/.exec(entry) ?? [];
  if (inBrackets !== undefined) return { host: inBrackets, port: portBehind };
  // More colons than one are an address of IPv6.
  const [, host, port] = /^([^:]+)(?::(\d+))?$/.exec(entry) ?? [];
  return { host: host ?? entry, port };
}

function isMeant(host: string, hostname: string, address: Address | undefined): boolean {
  if (plainName(host) === plainName(hostname)) return true;
  if (!address) return false;
  if (ipaddr.isValidCIDR(host)) {
    const network = ipaddr.parseCIDR(host);
    return address.kind() === network[0].kind() && address.match(network);
  }
  return ipaddr.isValid(host) && ipaddr.process(host).toString() === address.toString();
}

const fits = (port: string | undefined, asked: number) => port === undefined || Number(port) === asked;

/** Whether a name may lead to an address that the operator named: that is known when it is looked up. */
export const mayLeadToException = (entries: readonly string[], port: number): boolean =>
  entries.some((entry) => {
    const meant = partsOf(entry);
    return fits(meant.port, port) && (ipaddr.isValid(meant.host) || ipaddr.isValidCIDR(meant.host));
  });

/** Whether the operator named this target: by the name it was asked under, or by the address that it has. */
export const isException = (
  entries: readonly string[],
  { hostname, port }: { hostname: string; port: number },
  address: Address | undefined,
): boolean =>
  entries.some((entry) => {
    const meant = partsOf(entry);
    return fits(meant.port, port) && isMeant(meant.host, hostname, address);
  });

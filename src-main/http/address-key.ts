import ipaddr from 'ipaddr.js';

/** Of IPv6, everybody has a whole network of addresses: what is counted per address is counted per network there. */
const NETWORK_BYTES = 8;

/** Under what requests from an address are counted. */
export function addressKey(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  return address.kind() === 'ipv4'
    ? address.toString()
    : Buffer.from(address.toByteArray().slice(0, NETWORK_BYTES)).toString('hex');
}

import { hostname, networkInterfaces } from 'node:os';
import ipaddr from 'ipaddr.js';

/** Under what this machine is asked: names of hosts, and addresses. */
export interface MachineNames {
  hosts: readonly string[];
  addresses: readonly string[];
}

const HOST_NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i;
/** Bridges to containers and virtual machines: an address there is not the one that others know. */
const INNER_NETWORK = /^(docker|br-|veth|virbr|vmnet|vboxnet|lxc|cni|podman)/;

const LOCAL = { hosts: ['localhost'], addresses: ['127.0.0.1', '::1'] };

/** Addresses under which others reach this machine; those that mean something on one cable only are left out. */
export function lanAddresses(interfaces = networkInterfaces()): string[] {
  const byRank = Object.entries(interfaces).sort(
    ([one], [other]) => Number(INNER_NETWORK.test(one)) - Number(INNER_NETWORK.test(other)),
  );
  return byRank
    .flatMap(([, found = []]) => found)
    .filter(({ internal, address }) => !internal && ipaddr.process(address).range() !== 'linkLocal')
    .map(({ address }) => address);
}

/** What a certificate of this machine has to stand for now. */
export function machineNames(interfaces = networkInterfaces(), host = hostname()): MachineNames {
  const hosts = HOST_NAME.test(host) ? [host.toLowerCase()] : [];
  return {
    hosts: [...new Set([...LOCAL.hosts, ...hosts])],
    addresses: [...new Set([...LOCAL.addresses, ...lanAddresses(interfaces)])],
  };
}

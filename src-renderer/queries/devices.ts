import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { changeOmemoDevices, getOmemoDevices } from '../../src-shared/client/window.ts';
import { engine, inTime } from '../client.ts';

/** The devices around an account: its own, and those of everybody it writes to. */
export const devicesQuery = (account: string) =>
  queryOptions({
    queryKey: ['devices', account],
    queryFn: ({ signal }) => getOmemoDevices(engine, { jid: account }, inTime(signal)),
  });

interface DeviceChange {
  device: number;
  owner: string;
  trust: 'trusted' | 'distrusted';
}

/** Trusts a device, or no longer. */
export function useSetTrust(account: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: DeviceChange) => changeOmemoDevices(engine, { jid: account, ...change }),
    onSuccess: (devices) => client.setQueryData(devicesQuery(account).queryKey, devices),
  });
}

import { createServer } from 'node:net';
import { lanAddresses } from './tls/machine-names.ts';

type ApiMode = 'local' | 'network';

/** Where the API listens: on the addresses that only this machine has, or on all. */
export const HOSTS = { local: ['127.0.0.1', '::1'], network: ['0.0.0.0', '::'] } as const;

/**
 * Why the API could not listen on that port now, or undefined. With `isOurs` it listens there already in local mode, so
 * only the addresses are tried that it does not have yet.
 */
export async function portProblem(
  port: number,
  mode: ApiMode = 'local',
  isOurs = false,
): Promise<'taken' | 'forbidden' | undefined> {
  for (const host of isOurs ? lanAddresses() : HOSTS[mode]) {
    const code = await bindingFails(host, port);
    if (code === 'EADDRINUSE') return 'taken';
    if (code === 'EACCES') return 'forbidden';
  }
  return undefined;
}

/** The code of what goes wrong; a machine need not have every address. */
const bindingFails = (host: string, port: number) =>
  new Promise<string | undefined>((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve('code' in error ? String(error.code) : undefined));
    server.listen({ host, port, exclusive: true, ipv6Only: true }, () =>
      server.close(() => resolve(undefined)),
    );
  });

import { createServer } from 'node:net';

const LOOPBACK = ['127.0.0.1', '::1'];

/** Why the API could not listen on that port now, or undefined. It is tried on each loopback address there is. */
export async function portProblem(port: number): Promise<'taken' | 'forbidden' | undefined> {
  for (const host of LOOPBACK) {
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
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });

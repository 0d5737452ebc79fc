import { createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { silentLogger } from '../../../src-main/base/logger.ts';
import { fileKeyBox } from '../../../src-main/server/file-key-box.ts';
import { runEngine } from '../../../src-main/server/run-engine.ts';
import { testFolder } from '../../support/test-folder.ts';
import { until } from '../../support/until.ts';

/** A server that takes connections and says nothing. */
async function silentServer() {
  const connections = new Set<Socket>();
  const server = createServer((socket) => {
    connections.add(socket);
    socket.on('error', () => undefined).on('close', () => connections.delete(socket));
    socket.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of connections) socket.destroy();
    server.close();
  });
  const { port } = server.address() as { port: number };
  return { service: `xmpp://127.0.0.1:${port}`, connections };
}

describe('a sign-in that nobody waits for any more', () => {
  it('ends: the server is let go, and nothing is stored', async () => {
    const dataDir = testFolder();
    const open = () => fileKeyBox(dataDir, undefined);
    const engine = await runEngine({ dataDir, port: 0, hasWindow: true }, open, silentLogger);
    onTestFinished(() => engine.stop());
    const { service, connections } = await silentServer();
    const headers = {
      authorization: `Bearer ${engine.privateToken}`,
      'content-type': 'application/json',
    };
    const address = new URL('/api/v1/accounts', engine.privateUrl);
    const attempt = (signal: AbortSignal) => {
      const body = JSON.stringify({ jid: 'you@localhost', password: 'x', service });
      return fetch(address, { method: 'POST', headers, body, signal });
    };
    const [first, second] = [new AbortController(), new AbortController()];

    const waiting = attempt(first.signal).catch((error: Error) => error.name);
    await until('the engine at the server', () => connections.size === 1);
    // Of the same account: it comes after the first.
    const behind = attempt(second.signal).catch((error: Error) => error.name);
    second.abort();
    first.abort();

    expect(await Promise.all([waiting, behind])).toEqual(['AbortError', 'AbortError']);
    await until('the server to be let go', () => connections.size === 0);
    const known = (await (await fetch(address, { headers })).json()) as { result: unknown };
    expect(known.result).toEqual([]);
  });
});

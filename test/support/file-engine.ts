import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import { changesOf } from '../../src-main/store/known-rows.ts';
import { type ConnectedEngine, connectedEngine } from './connected-engine.ts';
import { checkAnswer } from './test-engine.ts';
import { type FakeUploadService, uploadService } from './upload-service.ts';

export interface FileEngine extends ConnectedEngine {
  service: FakeUploadService;
  behaviour: FakeUploadService['behaviour'];
  /** Sends a form to sendFile. */
  form(
    body: FormData,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: Record<string, unknown> }>;
  /** Names in the folder of files. */
  kept(): string[];
  /** Gets an address of ours. */
  get(
    url: string,
    headers?: Record<string, string>,
  ): Promise<Awaited<ReturnType<ConnectedEngine['app']['inject']>>>;
}

/** Every account trusts those certificates. */
export const trust = (store: FileEngine['engine']['store'], ca: string) =>
  store.write((tx) => {
    changesOf(store, 'account').changeIn(tx);
    return tx.db.updateTable('account').set({ ca }).execute();
  });

/** A connected engine whose server has an upload service; both are on loopback. */
export async function fileEngine(): Promise<FileEngine> {
  const engine = await connectedEngine();
  const service = await uploadService();
  const { sessions, store, accounts } = engine.engine;
  const account = { ...(await accounts.known('you@localhost' as never)), ca: service.ca };
  await trust(store, service.ca);
  vi.mocked(sessions.accountOf).mockReturnValue(account);
  Object.assign(engine.session, {
    jid: 'you@localhost',
    serverAddress: '127.0.0.1',
    request: service.request,
  });
  return {
    ...engine,
    service,
    behaviour: service.behaviour,
    async form(body, headers = {}) {
      const encoded = new Response(body);
      const response = await engine.app.inject({
        method: 'POST',
        url: '/bot/sendFile',
        headers: {
          authorization: `Bearer ${engine.token}`,
          'content-type': encoded.headers.get('content-type') ?? '',
          ...headers,
        },
        payload: Buffer.from(await encoded.arrayBuffer()),
      });
      const { statusCode: status, body: text } = response;
      const seen = { method: 'POST', url: '/bot/sendFile', status, headers: response.headers, text };
      await checkAnswer(engine.app, seen);
      return { status, body: response.json() };
    },
    kept: () => readdirSync(join(engine.dataDir, 'files')),
    async get(url, headers = {}) {
      const response = await engine.app.inject({ method: 'GET', url: new URL(url).pathname, headers });
      const { statusCode: status, body: text } = response;
      await checkAnswer(engine.app, {
        method: 'GET',
        url: new URL(url).pathname,
        status,
        headers: response.headers,
        text,
      });
      return response;
    },
  };
}

import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createLogger } from '../../base/logger.ts';
import type { Config } from '../config.ts';
import {
  checkDataFolder,
  DataFolderProblem,
  lockDataFolder,
  prepareDataFolder,
  socketPath,
} from '../data-folder.ts';
import { fileKeyBox } from '../file-key-box.ts';
import { openApi } from '../open-api.ts';
import { Refused } from './verb.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The HTTP API as the CLI uses it: one contract, whether an engine runs or not. */
export interface Api {
  /** True when a running engine answers. */
  isRunning: boolean;
  /** Resolves with the answer; rejects with `Refused` and the answer's description. */
  call<Result>(method: Method, path: string, body?: unknown): Promise<Result>;
  /** Resolves with the bytes of an answer that is no JSON; they may break off, which is an error of the stream. */
  download(path: string, body: unknown): Promise<Readable>;
  close(): Promise<void>;
}

const isJson = (type: unknown) => String(type).startsWith('application/json');

function unpack<Result>(text: string): Result {
  let answer: { ok?: boolean; description?: string };
  try {
    answer = JSON.parse(text);
  } catch {
    throw new Refused('The engine gave no understandable answer.');
  }
  if (answer.ok === false) throw new Refused(answer.description ?? 'The engine refused.');
  // The CLI and the engine are of one version and share the schemas.
  return answer as Result;
}

/** Reaches the engine of the data folder through its socket. */
function socketApi(path: string): Api {
  const ask = (method: Method, url: string, body: unknown) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const headers = {
        host: 'localhost',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      };
      const request = httpRequest({ socketPath: path, method, path: url, headers }, resolve);
      request.on('error', reject);
      request.end(body === undefined ? undefined : JSON.stringify(body));
    });
  return {
    isRunning: true,
    call: async (method, url, body) => unpack(await text(await ask(method, url, body))),
    async download(url, body) {
      const response = await ask('POST', url, body);
      if (isJson(response.headers['content-type'])) unpack(await text(response));
      return response;
    },
    close: async () => undefined,
  };
}

/** Opens the data folder itself, with nothing connected and nothing listening. */
async function folderApi({ dataDir, keyFile, logLevel }: Config, mayCreate: boolean): Promise<Api> {
  if (!mayCreate) checkDataFolder(dataDir);
  prepareDataFolder(dataDir);
  const unlock = lockDataFolder(dataDir);
  if (!unlock) {
    throw new DataFolderProblem(`An engine holds ${dataDir} but does not answer yet. Try again in a moment.`);
  }
  const logger = createLogger(logLevel === 'info' ? 'warn' : logLevel);
  const { app, close } = await openApi(dataDir, fileKeyBox(dataDir, keyFile), logger);
  const packed = (body: unknown) =>
    body === undefined
      ? {}
      : { payload: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  return {
    isRunning: false,
    async call(method, url, body) {
      return unpack((await app.inject({ method, url, ...packed(body) })).body);
    },
    async download(url, body) {
      const response = await app.inject({ method: 'POST', url, ...packed(body), payloadAsStream: true });
      const stream = response.stream();
      if (isJson(response.headers['content-type'])) unpack(await text(stream));
      return stream;
    },
    async close() {
      await close();
      unlock();
    },
  };
}

/** The running engine when there is one, else the data folder, which is made only where the verb may do that. */
export async function reachApi(config: Config, { mayCreate = false } = {}): Promise<Api> {
  const running = socketApi(socketPath(config.dataDir));
  try {
    await running.call('GET', '/health');
    return running;
  } catch (error) {
    if (error instanceof Refused) throw error;
    return folderApi(config, mayCreate);
  }
}

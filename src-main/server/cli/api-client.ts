import { request as httpRequest } from 'node:http';
import { createLogger } from '../../base/logger.ts';
import type { Config } from '../config.ts';
import { DataFolderProblem, lockDataFolder, prepareDataFolder, socketPath } from '../data-folder.ts';
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
  close(): Promise<void>;
}

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
  return {
    isRunning: true,
    call: (method, url, body) =>
      new Promise((resolve, reject) => {
        const headers = {
          host: 'localhost',
          ...(body !== undefined && { 'content-type': 'application/json' }),
        };
        const request = httpRequest({ socketPath: path, method, path: url, headers }, (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk) => {
            text += chunk;
          });
          response.on('end', () => {
            try {
              resolve(unpack(text));
            } catch (error) {
              reject(error);
            }
          });
          response.on('error', reject);
        });
        request.on('error', reject);
        request.end(body === undefined ? undefined : JSON.stringify(body));
      }),
    close: async () => undefined,
  };
}

/** Opens the data folder itself, with nothing connected and nothing listening. */
async function folderApi({ dataDir, keyFile, logLevel }: Config): Promise<Api> {
  prepareDataFolder(dataDir);
  const unlock = lockDataFolder(dataDir);
  if (!unlock) {
    throw new DataFolderProblem(`An engine holds ${dataDir} but does not answer yet. Try again in a moment.`);
  }
  const logger = createLogger(logLevel === 'info' ? 'warn' : logLevel);
  const { app, close } = await openApi(dataDir, fileKeyBox(dataDir, keyFile), logger);
  return {
    isRunning: false,
    async call(method, url, body) {
      const response = await app.inject({
        method,
        url,
        ...(body !== undefined && {
          payload: JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        }),
      });
      return unpack(response.body);
    },
    async close() {
      await close();
      unlock();
    },
  };
}

/** The running engine when there is one, else the data folder. */
export async function reachApi(config: Config): Promise<Api> {
  const running = socketApi(socketPath(config.dataDir));
  try {
    await running.call('GET', '/health');
    return running;
  } catch (error) {
    if (error instanceof Refused) throw error;
    return folderApi(config);
  }
}

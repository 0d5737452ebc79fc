import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished } from 'vitest';
import { freePorts } from '../../scripts/lib/ports.mjs';
import { type Clock, systemClock } from '../../src-main/base/clock.ts';
import { silentLogger } from '../../src-main/base/logger.ts';
import { Scope } from '../../src-main/base/scope.ts';
import { servePublicly } from '../../src-main/server/public-doors.ts';
import type { Status } from '../../src-shared/api/status.ts';
import { type TestEngine, testEngine } from './test-engine.ts';

const run = promisify(execFile);

export interface PublicApi extends TestEngine {
  port: number;
  /** Sets settings as somebody at the socket would, all or none. */
  set(values: Record<string, unknown>): Promise<{ status: number; body: Record<string, unknown> }>;
  status(): Promise<Status>;
}

/** An engine whose public listeners are open and follow the settings. */
export async function publicApi(
  settings: Record<string, unknown> = {},
  clock: Clock = systemClock,
): Promise<PublicApi> {
  const engine = await testEngine();
  const [port = 0] = await freePorts(1);
  const set = (body: Record<string, unknown>) => engine.call('POST', '/bot/settings', { body });
  expect(await set({ api_port: port, ...settings })).toMatchObject({ status: 200 });
  const scope = new Scope();
  onTestFinished(() => scope.close());
  await servePublicly(engine, {}, silentLogger, scope, { clock });
  const status = async () => (await engine.call('GET', '/api/v1/status')).body.result as Status;
  return { ...engine, port, set, status };
}

/** Asks as curl does, trusting this certificate only; resolves with status, body, or what curl says went wrong. */
export async function curl(
  url: string,
  { ca, words = [] }: { ca?: string; words?: string[] } = {},
): Promise<{ status: number; body: Record<string, unknown>; problem: string }> {
  const trust = ca === undefined ? [] : ['--cacert', ca];
  const argv = ['-sS', '--max-time', '20', '-w', '\n%{http_code}', ...trust, ...words, url];
  try {
    const { stdout } = await run('curl', argv);
    const [, text = '', status] = /^([\s\S]*)\n(\d+)$/.exec(stdout) ?? [];
    return { status: Number(status), body: text.startsWith('{') ? JSON.parse(text) : {}, problem: '' };
  } catch (error) {
    return { status: 0, body: {}, problem: (error as { stderr: string }).stderr };
  }
}

/** Writes a pair into a folder; resolves with the paths. */
export function pairFiles(folder: string, name: string, { cert, key }: { cert: string; key: string }) {
  const paths = { cert: join(folder, `${name}.crt`), key: join(folder, `${name}.key`) };
  writeFileSync(paths.cert, cert);
  writeFileSync(paths.key, key);
  return paths;
}

import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { EngineMessage } from '../../src-main/server/host-messages.ts';
import { dribbler } from '../support/dribblers.ts';
import { startEngineProcess } from '../support/engine-process.ts';
import { testFolder } from '../support/test-folder.ts';
import { until } from '../support/until.ts';

const ENGINE = resolve(import.meta.dirname, '../../dist/main/engine.js');

it('leaves the folder to the next one when its app was killed, whatever its clients do', async () => {
  const dataDir = testFolder();
  const child = spawn(process.execPath, [ENGINE], {
    env: { PATH: process.env.PATH, HOME: dataDir, BOTMOTHER_PORT: '0' },
    serialization: 'json',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let isGone = false;
  child.once('exit', () => {
    isGone = true;
  });
  const said: EngineMessage[] = [];
  child.on('message', (message) => said.push(message as EngineMessage));
  child.send({ type: 'start', dataDir });
  const ready = await until('the engine', () => said.find(({ type }) => type === 'ready'), 60_000);
  if (ready.type !== 'ready') throw new Error('it is ready');
  // An upload that moves, and will for hours.
  const upload = dribbler({
    port: Number(new URL(ready.privateUrl).port),
    begin: [
      'POST /api/v1/restore HTTP/1.1',
      `Host: ${new URL(ready.privateUrl).host}`,
      `Authorization: Bearer ${ready.privateToken}`,
      'Content-Type: multipart/form-data; boundary=b',
      'Content-Length: 900000000',
      '',
      '--b\r\nContent-Disposition: form-data; name="file"; filename="a.backup"\r\n\r\n',
    ].join('\r\n'),
    drop: 'x'.repeat(4_096),
    everyMs: 50,
  });
  onTestFinished(upload.end);
  await until('the upload', () => readdirSync(dataDir).some((name) => name.startsWith('restoring-upload-')));

  child.disconnect();

  await until('the engine to go', () => isGone);
  const next = await startEngineProcess(dataDir);
  onTestFinished(next.kill);
  expect(next.readyLine).toContain('Botmother is ready');
}, 120_000);

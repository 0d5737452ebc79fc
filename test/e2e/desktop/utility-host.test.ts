import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareElectronRuntime } from '../../../scripts/lib/electron-runtime.mjs';
import { testFolder } from '../../support/test-folder.ts';
import { openDisplay } from './display.ts';

const STUB = join(import.meta.dirname, 'stub-engine.mjs');
let executable: string;
let display: Awaited<ReturnType<typeof openDisplay>> | undefined;

/** Runs the small program in Electron and returns what it printed. */
async function run(end: 'kill' | 'stop'): Promise<unknown[]> {
  const folder = testFolder();
  writeFileSync(
    join(folder, 'package.json'),
    '{ "name": "utility", "type": "module", "main": "program.js" }',
  );
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: join(import.meta.dirname, 'utility-program.ts'),
      outDir: folder,
      emptyOutDir: false,
      rollupOptions: { external: ['electron'], output: { entryFileNames: 'program.js', format: 'es' } },
    },
  });
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const profile = `--user-data-dir=${join(folder, 'profile')}`;
  const program = spawn(executable, [...asRoot, '--disable-gpu', profile, folder], {
    env: { ...process.env, DISPLAY: display?.display ?? '', STUB_ENTRY: STUB, STUB_END: end },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const lines = (await text(program.stdout)).split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line) => JSON.parse(line) as unknown);
}

describe('an engine in a utility process of Electron', () => {
  beforeAll(async () => {
    executable = (await prepareElectronRuntime()).executable;
    if (process.platform === 'linux') display = await openDisplay();
  }, 300_000);

  afterAll(async () => display?.close());

  it('starts, answers with its token and stops when asked', async () => {
    expect(await run('stop')).toEqual([{ status: 200 }, { exit: { kind: 'code', code: 0 } }]);
  });

  it('can be ended by force', async () => {
    const [status, exit] = await run('kill');

    expect(status).toEqual({ status: 200 });
    expect(exit).toMatchObject({ exit: { kind: expect.stringMatching(/^(code|signal)$/) } });
  });
});

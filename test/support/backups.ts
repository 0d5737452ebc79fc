import { createWriteStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { sealBackup } from '../../src-main/base/backup-file.ts';
import { secretBox } from '../../src-main/base/secret-box.ts';
import { SCHEMA_VERSION } from '../../src-main/store/open.ts';

export const PASSPHRASE = 'correct horse battery';

/** Files that nobody can bring in, beside a good one: what each is, and what is said about it. */
export async function badBackups(folder: string, good: string) {
  const content = await readFile(good);
  const write = async (name: string, bytes: Uint8Array | string) => {
    const file = join(folder, name);
    await writeFile(file, bytes);
    return file;
  };
  const damaged = Buffer.from(content);
  damaged[content.length - 2_000] = (damaged[content.length - 2_000] ?? 0) ^ 1;
  return [
    { file: good, passphrase: 'another passphrase', words: 'The passphrase is not the one' },
    { file: await write('cut.backup', content.subarray(0, content.length >> 1)), words: 'damaged' },
    { file: await write('damaged.backup', damaged), words: 'damaged' },
    { file: await write('picture.png', '\x89PNG\r\n\x1a\n and more'), words: 'not a backup of Botmother' },
    { file: await newer(folder, good), words: 'which is newer. Install that version' },
  ].map((one) => ({ passphrase: PASSPHRASE, ...one }));
}

/** One of a later version, whose database this one does not know. */
async function newer(folder: string, good: string): Promise<string> {
  const file = join(folder, 'newer.backup');
  const description = {
    version: '99.0.0',
    schema: SCHEMA_VERSION + 1,
    created_at: 1_700_000_000,
    files: [{ name: 'bot_registry.db', bytes: (await readFile(good)).length }],
  };
  const sealed = sealBackup(PASSPHRASE, secretBox(Buffer.alloc(32, 3)), description, [good]);
  await pipeline(sealed, createWriteStream(file));
  return file;
}

/** Sends a form to a route of the socket. */
export async function postForm(
  dataDir: string,
  path: string,
  form: FormData,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const sent = new Response(form);
  const asking = request({
    socketPath: join(dataDir, 'engine.sock'),
    path,
    method: 'POST',
    headers: { host: 'localhost', 'content-type': sent.headers.get('content-type') ?? '' },
  });
  const body = Buffer.from(await sent.arrayBuffer());
  return new Promise((resolve, reject) => {
    asking.on('error', reject);
    asking.on('response', (answer) => {
      let text = '';
      answer.on('data', (chunk) => {
        text += chunk;
      });
      answer.on('error', reject);
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: JSON.parse(text) }));
    });
    asking.end(body);
  });
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { readBackup, sealBackup } from '../../../src-main/base/backup-file.ts';
import { secretBox } from '../../../src-main/base/secret-box.ts';
import { testFolder } from '../../support/test-folder.ts';

const dataKey = Buffer.alloc(32, 7);

describe('a backup file', () => {
  it('gives back every file it was made of, byte for byte, and the data key', async () => {
    const folder = testFolder();
    const contents = {
      small: Buffer.from('x'),
      large: Buffer.alloc(300_001, 'abc'),
      last: Buffer.from('end'),
    };
    const files = Object.entries(contents).map(([name, bytes]) => ({ name, bytes: bytes.length }));
    for (const [name, bytes] of Object.entries(contents)) writeFileSync(join(folder, name), bytes);
    const description = { version: '0.1.0', schema: 1, created_at: 1_763_000_000, files };
    const paths = files.map(({ name }) => join(folder, name));
    const sealed = await buffer(sealBackup('pass phrase', secretBox(dataKey), description, paths));
    const path = join(folder, 'backup');
    writeFileSync(path, sealed);

    const read: Record<string, Buffer[]> = {};
    const result = await readBackup(path, 'pass phrase', {
      begin: (found) => expect(found).toEqual(description),
      write: async (name, chunk) => {
        read[name] ??= [];
        read[name].push(Buffer.from(chunk));
      },
    });

    expect(result).toEqual({ dataKey, description });
    for (const [name, bytes] of Object.entries(contents))
      expect([name, Buffer.concat(read[name] ?? []).equals(bytes)]).toEqual([name, true]);
  });

  it('takes a passphrase in either of the two ways in which Unicode writes it', async () => {
    const folder = testFolder();
    const [content, path] = [join(folder, 'content'), join(folder, 'backup')];
    writeFileSync(content, 'content');
    const description = { version: '1', schema: 1, created_at: 1, files: [{ name: 'content', bytes: 7 }] };
    const typed = 'geh\u0065\u0301imnis';
    const sealed = await buffer(sealBackup(typed, secretBox(dataKey), description, [content]));
    writeFileSync(path, sealed);
    const sink = { begin: () => undefined, write: async () => undefined };

    await expect(readBackup(path, 'geh\u00e9imnis', sink)).resolves.toMatchObject({ dataKey });
    await expect(readBackup(path, 'geheimnis', sink)).rejects.toThrow('The passphrase is not the one');
  });
});

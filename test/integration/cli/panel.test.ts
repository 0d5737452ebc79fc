import { describe, expect, it } from 'vitest';
import { BOTH_WAYS, cliOnEngine, cliOnFolder } from '../../support/cli.ts';

describe.each(BOTH_WAYS)('admin-token %s', (_name, open) => {
  it('shows one token until it is rotated', async () => {
    const { run } = await open();
    const first = (await run('admin-token', 'show')).out;

    const rotated = await run('admin-token', 'rotate');

    expect(first).toMatch(/^bma_[0-9a-f]{64}\n$/);
    expect(rotated).toMatchObject({ status: 0, err: '', out: expect.stringMatching(/^bma_[0-9a-f]{64}\n$/) });
    expect(rotated.out).not.toBe(first);
    expect(JSON.parse((await run('admin-token', 'show', '--json')).out)).toEqual({
      token: rotated.out.trim(),
    });
  });
});

describe('panel', () => {
  it('prints another address at each call', async () => {
    const { run, engine } = await cliOnEngine();
    const { port } = new URL(engine.apiUrl);

    const [one, two] = [await run('panel'), await run('panel')];

    expect(one.out).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${port}/#login=[\\w-]{43}\\n$`));
    expect(two.out).not.toBe(one.out);
  });

  it('says what to do where no engine runs', async () => {
    const { run } = await cliOnFolder();

    expect(await run('panel')).toMatchObject({ status: 1, err: expect.stringContaining('botmother serve') });
  });
});

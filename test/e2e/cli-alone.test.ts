import { expect, it } from 'vitest';
import { runCli } from '../support/engine-process.ts';
import { testFolder } from '../support/test-folder.ts';

it('commands without an engine end by themselves, also when what they change is to be told later', async () => {
  const folder = testFolder();
  const added = await runCli(
    folder,
    ['account', 'add', 'you@localhost', '--no-verify', '--password-stdin'],
    'pw\n',
  );
  expect(added).toMatchObject({ status: 0, stderr: '' });

  // Of the first one its owner is told at once, of the second only a while later, to be no flood.
  for (const name of ['Weather', 'Herald'])
    expect(await runCli(folder, ['bot', 'create', name, '--account', 'you@localhost'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(`Name: ${name}`),
    });
});

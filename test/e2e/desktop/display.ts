import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A screen that nobody sees, on the first free number. Stop it with the function that comes with it. */
export async function openDisplay(): Promise<{ display: string; close: () => Promise<void> }> {
  const server = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1400x900x24', '-nolisten', 'tcp', '-noreset'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const numbers = server.stdio[3];
  if (!numbers) throw new Error('Xvfb has no pipe to report its number.');
  const [number] = await Promise.race([
    once(numbers, 'data'),
    once(server, 'exit').then(() => Promise.reject(new Error('Xvfb ended before it was ready.'))),
  ]);
  return {
    display: `:${String(number).trim()}`,
    close: async () => {
      if (server.exitCode !== null || server.signalCode !== null) return;
      const gone = once(server, 'exit');
      server.kill();
      await gone;
    },
  };
}

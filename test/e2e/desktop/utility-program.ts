/** An Electron program that runs the stub engine in a utility process and prints what it learns, a line of JSON each. */
import { app, utilityProcess } from 'electron';
import { utilityHost } from '../../../src-main/desktop/engine/engine-host.ts';

const print = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`);

async function main(): Promise<void> {
  await app.whenReady();
  const entry = process.env.STUB_ENTRY ?? '';
  const host = utilityHost(utilityProcess.fork, entry, () => undefined);
  host.onExit((exit) => {
    print({ exit });
    app.exit(0);
  });
  host.onMessage(async (message) => {
    if (message.type === 'failed') {
      print(message);
      return;
    }
    const headers = { authorization: `Bearer ${message.privateToken}` };
    const { status } = await fetch(new URL('/api/v1/status', message.privateUrl), { headers });
    print({ status });
    if (process.env.STUB_END === 'kill') host.kill();
    else host.post({ type: 'stop' });
  });
  host.post({ type: 'start', dataDir: '/nowhere' });
}

main().catch((error: unknown) => {
  print({ error: String(error) });
  app.exit(1);
});

import { it, onTestFinished } from 'vitest';
import { openDoor } from '../../../src-main/http/door.ts';
import { bareJid } from '../../../src-shared/jid.ts';
import { accountMaker, aDedicatedBot } from '../../support/account-maker.ts';
import { devicesSeen, keysSeen, withOwnDevice } from '../../support/owner-devices.ts';
import { signIn, testEngine } from '../../support/test-engine.ts';
import { until } from '../../support/until.ts';

it('tells the window of devices that came and of what was decided about them', async () => {
  const engine = await testEngine();
  await signIn(engine);
  accountMaker(engine);
  const bot = await aDedicatedBot(engine);
  await withOwnDevice(engine, bot.jid);
  await devicesSeen(engine, bot.jid, { devices: [7] });
  await keysSeen(engine, bot.jid, { device: 7 });
  const door = await openDoor(engine.app, 'private', { host: '127.0.0.1', port: 0 });
  onTestFinished(door.close);
  const hangUp = new AbortController();
  onTestFinished(() => hangUp.abort());
  const { body } = await fetch(`http://127.0.0.1:${door.port}/api/v1/events`, {
    headers: { authorization: `Bearer ${engine.privateToken}` },
    signal: hangUp.signal,
  });
  let heard = '';
  void (async () => {
    for await (const chunk of body ?? []) heard += Buffer.from(chunk).toString('utf8');
  })().catch(() => undefined);
  await until('the stream', () => heard.includes(': connected'));

  engine.engine.events.emit('omemo.devices-added', {
    accountId: 1 as never,
    jid: bareJid('you@localhost'),
    deviceIds: [8],
  });
  await until('the new device', () => heard.includes('event: omemo.devices-added\n'));
  await engine.call('POST', '/bot/omemo/devices', {
    body: { id: bot.id, device: 7, trust: 'distrusted' },
  });

  await until('the decision', () => heard.includes('event: omemo.trust-changed\n'));
});

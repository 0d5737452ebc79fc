import { legacyBackend } from '../../../src-main/gateways/omemo/legacy/legacy-backend.ts';
import { omemo2Backend } from '../../../src-main/gateways/omemo/omemo2/omemo2-backend.ts';
import { type BareJid, bareJid } from '../../../src-shared/jid.ts';
import { BOT } from './scripted-bot.ts';
import { type ScriptedDevice, scriptedDevice } from './scripted-device.ts';
import type { ScriptedServer } from './scripted-server.ts';

/** Members of a room with a device each, every other one of them in the older version of OMEMO. */
export async function membersOf(
  server: ScriptedServer,
  count: number,
): Promise<{ jid: BareJid; device: ScriptedDevice }[]> {
  const backends = [omemo2Backend(), await legacyBackend()];
  return Array.from({ length: count }, (_, index) => {
    const jid = bareJid(`member${index}@localhost`);
    const backend = backends[index % backends.length] ?? omemo2Backend();
    return { jid, device: scriptedDevice(server, backend, { jid, bot: BOT }) };
  });
}

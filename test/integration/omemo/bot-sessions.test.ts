import { expect, it } from 'vitest';
import { accountRepository } from '../../../src-main/store/account-repository.ts';
import { LOCAL_TENANT } from '../../../src-shared/ids.ts';
import { bareJid } from '../../../src-shared/jid.ts';
import { omemoRig, ownerDevice } from '../../support/scripted/omemo-rig.ts';
import { BOT, OWNER } from '../../support/scripted/scripted-bot.ts';
import { ScriptedServer } from '../../support/scripted/scripted-server.ts';
import { until } from '../../support/until.ts';

const CALLER = { actor: OWNER, from: 'test' };

async function bot() {
  const server = new ScriptedServer();
  const device = await ownerDevice(server);
  const rig = await omemoRig({ server });
  const { store, sessions, bots } = rig.engine;
  const isOnline = () => sessions.stateOf(bareJid(BOT)) === 'online';
  return {
    ...rig,
    owned: device,
    isOnline,
    away: () => until('the bot to be away', () => !isOnline()),
    back: () => until('the bot to be back', isOnline),
    setActive: (isActive: boolean) =>
      store.write(async (tx) =>
        bots.setActive(tx, await bots.find(rig.bot.id, undefined, tx), isActive, CALLER),
      ),
  };
}

it('is online while the bot is active, and hears later what was said meanwhile', async () => {
  const { setActive, away, back, owned, updates, settled, send } = await bot();

  await setActive(false);
  await away();
  await expect(send('hello')).rejects.toMatchObject({ slug: expect.any(String) });
  await owned.say('are you there?', 'm1');
  await setActive(true);
  await back();
  await settled();

  expect(await updates()).toEqual(['are you there?']);
});

it('follows the switch for all bots', async () => {
  const { engine, away, back } = await bot();
  const set = (value: boolean) =>
    engine.store.write((tx) =>
      engine.settings.set(tx, 'bot_features_enabled', value, { actor: 'admin', from: 'test' }),
    );

  await set(false);
  await away();
  await set(true);
  await back();
});

it('follows the switch of its owner, where that account is signed in here', async () => {
  const { engine, box, away, back, isOnline } = await bot();
  const rows = accountRepository(engine.store, box, LOCAL_TENANT);
  const place = { service: undefined, ca: undefined, createdAt: Date.now() };
  await engine.store.write(async (tx) => {
    const owner = { jid: bareJid(OWNER), password: 'x', isOperator: true, hasOmemo: false };
    await rows.insert(tx, { ...owner, ...place });
  });
  const account = await engine.accounts.known(bareJid(OWNER));
  const setEnabled = (isEnabled: boolean) => engine.accounts.setEnabled(account.jid, isEnabled, CALLER);
  expect(isOnline()).toBe(true);

  await setEnabled(false);
  await away();
  await setEnabled(true);
  await back();
});

it('ends with the bot, whose device is taken off the lists before', async () => {
  const { engine, bot: made, away, server } = await bot();

  await engine.store.write(async (tx) =>
    engine.dedicated.delete(tx, await engine.bots.find(made.id, undefined, tx), CALLER),
  );
  await away();

  for (const node of ['urn:xmpp:omemo:2:devices', 'eu.siacs.conversations.axolotl.devicelist']) {
    expect(server.item(BOT, node)?.getChildElements()).toEqual([]);
  }
});

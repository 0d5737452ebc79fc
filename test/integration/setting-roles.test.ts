import { expect, it } from 'vitest';
import { bareJid } from '../../src-shared/jid.ts';
import { aBot, signIn, testEngine } from '../support/test-engine.ts';

const YOU = bareJid('you@localhost');
const from = 'chat';

async function start() {
  const engine = await testEngine();
  await signIn(engine);
  const { id } = await aBot(engine);
  const { store, settings, botSettings, bots } = engine.engine;
  const bot = await bots.find(id);
  return {
    ...engine,
    ofInstallation: (actor: string) =>
      store.write((tx) => settings.set(tx, 'rate_limit_ip', 40, { actor, from })),
    ofBot: (actor: string) =>
      store.write((tx) => botSettings.set(tx, bot, 'scope', 'direct', { actor, from })),
  };
}

it('settings of the installation are the operator’s, whatever a change comes through', async () => {
  const { ofInstallation, engine } = await start();

  for (const actor of ['friend@localhost', 'bot 1']) {
    await expect(ofInstallation(actor)).rejects.toMatchObject({ code: 'server.operator-only' });
  }
  expect(engine.settings.get('rate_limit_ip')).toBe(30);
  await ofInstallation(YOU);
  await ofInstallation('admin');

  expect(engine.settings.get('rate_limit_ip')).toBe(40);
});

it('settings of a bot are its owner’s and the operator’s', async () => {
  const { ofBot } = await start();

  await expect(ofBot('friend@localhost')).rejects.toMatchObject({ code: 'bot.not-found' });
  await expect(ofBot('bot 1')).rejects.toMatchObject({ code: 'server.operator-only' });
  await ofBot(YOU);
  await ofBot('admin');
});

it('chat_admin is shown as it counts: encrypted where the operator has OMEMO, until it is set', async () => {
  const { call, engine } = await start();
  const shown = async () => {
    const { result } = (await call('GET', '/api/v1/settings')).body;
    const row = (result as { key: string; value: string; default: string }[]).find(
      ({ key }) => key === 'chat_admin',
    );
    return [row?.value, row?.default, (await call('GET', '/bot/settings')).body.chat_admin];
  };
  const admin = { actor: 'admin', from: 'test' };

  expect(await shown()).toEqual(['any', 'any', 'any']);
  await engine.accounts.setOmemo(YOU, true, admin);
  expect(await shown()).toEqual(['encrypted', 'encrypted', 'encrypted']);
  await engine.changeSettings({ chat_admin: 'any' }, admin);
  expect(await shown()).toEqual(['any', 'encrypted', 'any']);
});

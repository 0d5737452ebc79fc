import { parse } from 'ltx';
import { expect, it } from 'vitest';
import { de } from '../../src-shared/text/de.ts';
import { connectedEngine } from '../support/connected-engine.ts';
import { chatRig, FRIEND } from '../support/scripted/chat-rig.ts';
import { personRig, YOU } from '../support/scripted/person-rig.ts';
import { insertBot } from '../support/scripted/scripted-bot.ts';
import { telegramRig } from '../support/telegram/telegram-rig.ts';
import { until } from '../support/until.ts';

/** What apps show that do not know retraction. */
const WORDS = de['retraction.fallback'];
const CALLER = { actor: 'admin', from: 'test' };

it('what a person takes back in the window is told in the language that is set for the account', async () => {
  const rig = await chatRig();
  await rig.engine.accounts.setLanguage(YOU, 'de', CALLER);
  await rig.open(FRIEND);
  const { message_id: id } = await rig.write(FRIEND, 'a mistake');
  await rig.settled();

  await rig.asked('DELETE', `${rig.pathOf(FRIEND)}/messages/${id}`);
  await rig.settled();

  expect(rig.sent(FRIEND).at(-1)?.getChildText('body')).toBe(WORDS);
});

it('a message with a secret, too', async () => {
  const rig = await telegramRig({ isSetUp: false });
  await rig.engine.accounts.setLanguage(YOU, 'de', CALLER);

  const id = rig.write(`/telegram setup ${rig.robot.token}`);

  const taken = await until('it to be taken back', () => rig.sent().find((one) => one.getChild('retract')));
  expect(taken.getChild('retract')?.attrs.id).toBe(id);
  expect(taken.getChildText('body')).toBe(WORDS);
});

it('what a program takes back is told in the language of the owner of its bot', async () => {
  const engine = await connectedEngine();
  await engine.engine.accounts.setLanguage(YOU, 'de', CALLER);
  const id = await engine.say();
  engine.engine.outbox.noteSent(id);

  await engine.post('deleteMessage', { message_id: id });

  expect((await engine.waiting()).at(-1)?.getChildText('body')).toBe(WORDS);
});

it('apps that cannot read what is encrypted show it in the language of the account, and of the owner of a bot', async () => {
  const rig = await personRig();
  const { engine, server } = rig;
  const bot = await insertBot(engine, rig.box, { owner: YOU });
  rig.device();
  await rig.start();
  await engine.accounts.setLanguage(YOU, 'de', CALLER);

  const note = parse(await rig.put(YOU, 'note to self'));
  const id = await engine.outgoing.messages.send(bot, { to: YOU, text: 'of the bot' });
  const said = await until(
    'it to leave',
    () => server.sent.find(({ stanza }) => stanza.includes(id))?.stanza,
  );

  const shown = [note, parse(said)].map((one) => [!!one.getChild('encrypted'), one.getChildText('body')]);
  expect(shown).toEqual(Array(2).fill([true, de['omemo.fallback']]));
});

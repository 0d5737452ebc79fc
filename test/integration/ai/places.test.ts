import { parse } from 'ltx';
import { describe, expect, it } from 'vitest';
import type { BotSettingKey } from '../../../src-shared/api/bot-settings.ts';
import { aiRig } from '../../support/ai/ai-rig.ts';
import { scriptedAi } from '../../support/ai/scripted-provider.ts';
import { ROOM, roomRig } from '../../support/scripted/room-rig.ts';
import { BOT } from '../../support/scripted/scripted-bot.ts';
import { until } from '../../support/until.ts';

const CALLER = { actor: 'test', from: 'chat' };
const FRIEND = 'friend@localhost';

describe('what others write to the owner of a personal bot', () => {
  async function directRig() {
    const rig = await aiRig();
    rig.server.rosters.set('you@localhost', `<item jid='${FRIEND}' subscription='both'/>`);
    await rig.start();
    await until('the contact list', () => rig.engine.chats.isContact(rig.account, FRIEND as never));
    const hear = (text: string, from = `${FRIEND}/phone`, more = '') => {
      rig.write(text, { from, more });
      return rig.handled();
    };
    return { ...rig, hear };
  }

  it('is nothing to its AI, unless the owner wants that', async () => {
    const rig = await directRig();
    await rig.hear('one');
    await rig.set('ai_answers', 'direct');
    await rig.hear('two');
    await rig.set('scope', 'direct');
    await rig.hear('three');
    await rig.said('answer to three', FRIEND);
    expect(rig.ai.questions()).toEqual(['three']);
  });

  it('is answered to contacts alone, and to no bots', async () => {
    const rig = await directRig();
    await rig.set('ai_answers', 'direct');
    await rig.set('scope', 'direct');
    await rig.hear('from a stranger', 'stranger@localhost/x');
    await rig.hear('from an engine', `${FRIEND}/phone`, `<generated xmlns='urn:botmother:0'/>`);
    await rig.hear('/command', `${FRIEND}/phone`);
    await rig.set('ai_known_bots', FRIEND);
    await rig.hear('from a bot');
    await rig.set('ai_known_bots', '');
    await rig.hear('from a friend');
    await rig.said('answer to from a friend', FRIEND);
    // The owner writes to a friend: that is no question.
    rig.write('from the owner', { from: 'you@localhost/phone', to: FRIEND });
    await rig.hear('last');
    await rig.said('answer to last', FRIEND);
    expect(rig.ai.questions()).toEqual(['from a friend', 'last']);
  });

  it('is not told how the bot is set up', async () => {
    const rig = await directRig();
    await rig.set('ai_answers', 'direct');
    await rig.set('scope', 'direct');
    rig.ai.state.answering = () => Promise.reject(new Error('a defect with a secret'));
    await rig.hear('hello');
    await rig.said('I cannot answer that right now. Please try again later.', FRIEND);
  });
});

describe('the AI of a bot in rooms', () => {
  async function inRoom(settings: Partial<Record<BotSettingKey, string>>) {
    const ai = scriptedAi();
    const rig = await roomRig({ openAi: ai.openAi });
    await rig.engine.ai.change(rig.bot, { provider: 'ollama', key: '-', model: 'llama3' }, CALLER);
    const set = (values: Partial<Record<BotSettingKey, string>>) =>
      rig.engine.store.write(async (tx) => {
        for (const [key, value] of Object.entries(values))
          await rig.engine.botSettings.set(tx, rig.bot, key, value, CALLER);
      });
    await set(settings);
    await rig.comeIn();
    rig.room.sit('anna', 'anna@localhost');
    rig.room.sit('bob', 'bob@localhost');
    const say = (nick: string, text: string, more = '') => rig.room.say(nick, `<body>${text}</body>${more}`);
    const said = () =>
      rig.server.sent
        .filter(({ from, to }) => from === BOT && to === ROOM)
        .map(({ stanza }) => parse(stanza))
        .filter((stanza) => stanza.getChild('body'));
    const texts = () => said().map((stanza) => stanza.getChildText('body'));
    const hears = (text: string) => until(`"${text}"`, () => texts().includes(text));
    return { ...rig, ai, set, say, said, texts, hears };
  }

  it('says nothing in a room that is not on its list', async () => {
    const rig = await inRoom({ ai_free_rooms: ROOM });
    rig.say('anna', 'Ledger: hello');
    await rig.set({ ai_rooms: ROOM });
    rig.say('anna', 'Ledger: and now?');
    await rig.hears('anna: answer to Ledger: and now?');
    expect(rig.ai.asked).toHaveLength(1);
  });

  it('answers who mentions it, each person in a conversation of their own', async () => {
    const rig = await inRoom({ ai_rooms: ROOM });
    rig.say('anna', 'nobody is meant');
    const id = rig.say('anna', 'Ledger: one');
    await rig.hears('anna: answer to Ledger: one');
    rig.say('bob', '@Ledger two');
    await rig.hears('bob: answer to @Ledger two');
    rig.say('anna', 'Ledger: three');
    await rig.hears('anna: answer to Ledger: three');

    expect(rig.ai.asked.map(({ turns }) => turns.map(({ text }) => text))).toEqual([
      ['Ledger: one'],
      ['@Ledger two'],
      ['Ledger: one', 'answer to Ledger: one', 'Ledger: three'],
    ]);
    const reply = rig
      .said()
      .find((one) => one.getChildText('body')?.includes('one'))
      ?.getChild('reply');
    expect(reply?.attrs).toMatchObject({ id, to: `${ROOM}/anna` });
    const { calls } = await rig.engine.ai.usage(rig.bot, 1);
    expect(calls[0]).toMatchObject({ source: 'room' });
  });

  it('answers everybody where it may speak freely, but engines and known bots', async () => {
    const rig = await inRoom({ ai_rooms: ROOM, ai_free_rooms: ROOM, ai_known_bots: 'bob@localhost' });
    rig.say('bob', 'I am a bot');
    rig.say('anna', 'I am an engine', `<generated xmlns='urn:botmother:0'/>`);
    rig.say('anna', 'first');
    await rig.hears('anna: answer to first');
    rig.say('anna', 'last');
    await rig.hears('anna: answer to last');
    expect(rig.ai.questions()).toEqual(['first', 'last']);
  });

  it('knows a bot by its name there, for rooms that hide addresses', async () => {
    const rig = await inRoom({ ai_rooms: ROOM, ai_free_rooms: ROOM });
    rig.room.sit('Weather Bot', 'weather@localhost');
    await rig.set({ ai_known_bots: `${ROOM}/Weather Bot, other@localhost more@localhost` });
    expect(rig.engine.botSettings.get(rig.bot.id, 'ai_known_bots')).toBe(
      `${ROOM}/Weather Bot, other@localhost, more@localhost`,
    );
    rig.say('Weather Bot', 'it rains');
    rig.say('anna', 'does it rain?');
    await rig.hears('anna: answer to does it rain?');
    expect(rig.ai.questions()).toEqual(['does it rain?']);
  });

  it('shows there that it writes, and takes it away', async () => {
    const rig = await inRoom({ ai_rooms: ROOM });
    rig.say('anna', 'Ledger: hello');
    await rig.hears('anna: answer to Ledger: hello');
    const states = () =>
      rig.server.sent
        .filter(({ to, stanza }) => to === ROOM && stanza.includes('chatstates'))
        .map(({ stanza }) => /<(composing|active)/.exec(stanza)?.[1]);
    await until('it to be taken away', () => states().at(-1) === 'active');
    expect(states()).toEqual(['composing', 'active']);
  });
});

import { parse } from 'ltx';
import type { Bot } from '../../../src-main/store/bot-repository.ts';
import type { ChangeBotAi } from '../../../src-shared/api/ai.ts';
import type { BotSettingKey } from '../../../src-shared/api/bot-settings.ts';
import { type PersonRig, personRig, YOU } from '../scripted/person-rig.ts';
import { until } from '../until.ts';
import { type ScriptedAi, scriptedAi } from './scripted-provider.ts';

const CALLER = { actor: 'test', from: 'chat' };

/** A person with a personal bot whose AI is on, over a server in memory, with a provider in memory. */
export async function aiRig({
  ai = scriptedAi(),
  setUp = { provider: 'groq', key: 'gsk_0123456789', model: 'llama' } as Partial<ChangeBotAi>,
  ...options
}: { ai?: ScriptedAi; setUp?: Partial<ChangeBotAi> } & Parameters<typeof personRig>[0] = {}) {
  const rig: PersonRig = await personRig({ hasOmemo: false, openAi: ai.openAi, ...options } as Parameters<
    typeof personRig
  >[0]);
  const { engine, server } = rig;
  let count = 0;
  const bots = await engine.bots.list(YOU);
  const make = (name: string) =>
    engine.store.write(async (tx) => {
      const request = { name, owner: YOU, mode: 'personal' as const };
      return (await engine.bots.create(tx, request, CALLER)).bot;
    });
  const bot: Bot = bots[0] ?? (await make('Helper'));
  if (bots.length === 0) await engine.ai.change(bot, setUp, CALLER);

  const sent = (to: string = YOU) =>
    server.sent.filter((one) => one.from === YOU && one.to === to).map(({ stanza }) => parse(stanza));
  const texts = (to?: string) => sent(to).flatMap((stanza) => stanza.getChildText('body') ?? []);
  return {
    ...rig,
    ai,
    bot,
    make,
    caller: CALLER,
    sent,
    /** What was said there, corrections too, without chat states. */
    texts,
    states: (to?: string) =>
      sent(to).flatMap(
        (stanza) => stanza.getChildByAttr('xmlns', 'http://jabber.org/protocol/chatstates')?.name ?? [],
      ),
    /** Writes into the chat with oneself, from another client. */
    write(text: string, { from = `${YOU}/phone`, to = YOU as string, more = '', id = `m${count++}` } = {}) {
      server.deliver(
        YOU,
        parse(
          `<message xmlns='jabber:client' from='${from}' to='${to}' id='${id}' type='chat'>` +
            `<body>${text}</body><origin-id xmlns='urn:xmpp:sid:0' id='${id}'/>${more}</message>`,
        ),
      );
    },
    said: (text: string, to?: string) => until(`"${text}" to be said`, () => texts(to).includes(text)),
    set: (key: BotSettingKey, value: string | number | boolean, of: Bot = bot) =>
      engine.store.write((tx) => engine.botSettings.set(tx, of, key, value, CALLER)),
    /** Until all that came is handled. */
    handled: () =>
      until(
        'all to be handled',
        async () => server.isAllHandled(YOU) && (await engine.inbox.count(rig.account.id)) === 0,
      ),
    waiting: async () => (await engine.ai.shown(bot)).waiting,
  };
}
export type AiRig = Awaited<ReturnType<typeof aiRig>>;

import { parse } from 'ltx';
import { onTestFinished } from 'vitest';
import type { Bot } from '../../../src-main/store/bot-repository.ts';
import type { ChangeBotTelegram } from '../../../src-shared/api/telegram.ts';
import { scriptedAi } from '../ai/scripted-provider.ts';
import { personRig, YOU } from '../scripted/person-rig.ts';
import { until } from '../until.ts';
import { startBotApi } from './bot-api-server.ts';

const CALLER = { actor: 'test', from: 'chat' };

/** An emulated Telegram with a bot and a person in a private chat, and a stranger in another. */
export async function telegramWorld() {
  const telegram = await startBotApi();
  onTestFinished(() => telegram.close());
  const robot = telegram.addBot({ username: 'helper_bot' });
  const ada = telegram.addPerson({ first: 'Ada', last: 'Lovelace' });
  const stranger = telegram.addPerson({ first: 'Mallory' });
  return {
    telegram,
    robot,
    ada,
    stranger,
    chat: telegram.privateChat(ada, robot),
    otherChat: telegram.privateChat(stranger, robot),
  };
}
export type TelegramWorld = Awaited<ReturnType<typeof telegramWorld>>;

/** A person with a personal bot that is linked with a chat of an emulated Telegram, over an XMPP server in memory. */
export async function telegramRig({
  world,
  ai = scriptedAi(),
  change = {} as Partial<ChangeBotTelegram>,
  isSetUp = true,
  ...options
}: {
  world?: TelegramWorld;
  ai?: ReturnType<typeof scriptedAi>;
  change?: Partial<ChangeBotTelegram>;
  isSetUp?: boolean;
} & Partial<Parameters<typeof personRig>[0] & object> = {}) {
  const there = world ?? (await telegramWorld());
  const rig = await personRig({ hasOmemo: false, openAi: ai.openAi, ...options } as Parameters<
    typeof personRig
  >[0]);
  const { engine, server } = rig;
  const make = (name: string) =>
    engine.store.write(async (tx) => {
      const request = { name, owner: YOU, mode: 'personal' as const };
      return (await engine.bots.create(tx, request, CALLER)).bot;
    });
  const [known] = await engine.bots.list(YOU);
  const bot: Bot = known ?? (await make('Helper'));
  await engine.store.write((tx) =>
    engine.settings.set(tx, 'telegram_api_root', there.telegram.apiRoot, { ...CALLER, actor: 'admin' }),
  );
  const link = { token: there.robot.token, chat_id: there.chat.id };
  const setUp = (more: Partial<ChangeBotTelegram> = {}) =>
    engine.telegram.change(bot, { ...link, ...more }, CALLER);
  if (isSetUp && !known) await setUp(change);
  await rig.start();

  let count = 0;
  const sent = () =>
    server.sent.filter((one) => one.from === YOU && one.to === YOU).map(({ stanza }) => parse(stanza));
  const texts = () => sent().flatMap((stanza) => stanza.getChildText('body') ?? []);
  return {
    ...rig,
    ...there,
    ai,
    bot,
    make,
    setUp,
    caller: CALLER,
    sent,
    texts,
    said: (text: string) => until(`"${text}" to be said`, () => texts().includes(text)),
    saidThere: (text: string) => until(`"${text}" at Telegram`, () => there.chat.botTexts().includes(text)),
    /** Writes into the chat with oneself, from another client. Resolves with its id. */
    write(text: string, { more = '', id = `m${count++}` } = {}): string {
      server.deliver(
        YOU,
        parse(
          `<message xmlns='jabber:client' from='${YOU}/phone' to='${YOU}' id='${id}' type='chat'>` +
            `<body>${text}</body><origin-id xmlns='urn:xmpp:sid:0' id='${id}'/>${more}</message>`,
        ),
      );
      return id;
    },
    handled: () =>
      until(
        'all to be handled',
        async () => server.isAllHandled(YOU) && (await engine.inbox.count(rig.account.id)) === 0,
      ),
    online: () => until('the bridge', async () => (await engine.telegram.shown(bot)).state === 'online'),
    trouble: (kind: string | undefined) =>
      until(`trouble ${kind}`, async () => (await engine.telegram.shown(bot)).trouble?.kind === kind),
    /** Until nothing waits for Telegram, and Telegram has nothing for us. */
    quiet: () =>
      until('all to be carried over', async () => {
        const { waiting } = await engine.telegram.shown(bot);
        return waiting === 0 && there.robot.unconfirmed().length === 0;
      }),
  };
}
export type TelegramRig = Awaited<ReturnType<typeof telegramRig>>;

export const correcting = (id: string) => `<replace xmlns='urn:xmpp:message-correct:0' id='${id}'/>`;
export const answering = (id: string, to: string) =>
  `<reply xmlns='urn:xmpp:reply:0' id='${id}' to='${to}'/>`;
export const retracting = (id: string) =>
  `<retract xmlns='urn:xmpp:message-retract:1' id='${id}'/><store xmlns='urn:xmpp:hints'/>`;

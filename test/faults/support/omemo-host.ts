import { secretBox } from '../../../src-main/base/secret-box.ts';
import { bareJid } from '../../../src-shared/jid.ts';
import { BOT, OWNER, scriptedEngine } from '../../support/scripted/scripted-bot.ts';
import type { Answer } from '../../support/scripted/scripted-server.ts';
import type { FromHost, ToHost } from './host-messages.ts';

/** An engine in a process of its own, to be killed: its server is at the other end of the pipe. */
const [dataDir = '', key = ''] = process.argv.slice(2);
const tell = (message: FromHost) => void process.send?.(message);

let count = 0;
const asked = new Map<number, (answer: Answer | undefined) => void>();
const deliveries = new Map<string, (stanza: string) => Promise<void>>();
const ask = (message: (n: number) => FromHost) =>
  new Promise<Answer | undefined>((resolve) => {
    count += 1;
    asked.set(count, resolve);
    tell(message(count));
  });

const engine = await scriptedEngine({
  dataDir,
  box: secretBox(Buffer.from(key, 'hex')),
  line: {
    connect(jid, deliver) {
      deliveries.set(jid, deliver);
      tell({ kind: 'connect', jid });
    },
    disconnect: (jid) => tell({ kind: 'disconnect', jid }),
    request: async (jid, iq) => (await ask((n) => ({ kind: 'request', n, jid, iq }))) as Answer,
    send: async (jid, stanza) => void (await ask((n) => ({ kind: 'send', n, jid, stanza }))),
  },
});

async function say(text: string): Promise<void> {
  const [bot] = await engine.bots.list(bareJid(OWNER));
  if (!bot) throw new Error('there is no bot');
  await engine.outgoing.messages.send(bot, { to: OWNER, text });
}

process.on('message', (message: ToHost) => {
  if (message.kind === 'answer') {
    asked.get(message.n)?.(message.answer);
    asked.delete(message.n);
  } else if (message.kind === 'stanza') {
    const { n, jid, stanza } = message;
    void deliveries
      .get(jid)?.(stanza)
      .then(() => tell({ kind: 'handled', n }));
  } else if (message.kind === 'say') {
    const { text } = message;
    say(text).then(
      () => tell({ kind: 'said', text }),
      () => undefined,
    );
  } else {
    void engine.stop().then(() => process.disconnect());
  }
});
engine.events.on('account.session-changed', ({ jid, state }) => {
  if (jid === BOT && state === 'online') tell({ kind: 'online' });
});
await engine.start();

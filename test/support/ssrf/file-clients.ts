import { parse } from 'ltx';
import type { OpenApi } from '../../../src-main/server/open-api.ts';
import { bareJid } from '../../../src-shared/jid.ts';

const DISCO = 'http://jabber.org/protocol/disco';
const UPLOAD = 'urn:xmpp:http:upload:0';
/** Where the server at home keeps its files. */
export const HOME = 'https://files.test:8443';

/** What an upload service at home says. */
async function answer(iq: { getChildElements(): { attrs: { xmlns?: string } }[] }) {
  const asked = iq.getChildElements()[0]?.attrs.xmlns;
  const result = (inner: string) => parse(`<iq type='result'>${inner}</iq>`);
  if (asked === `${DISCO}#items`) return result(`<query xmlns='${DISCO}#items'/>`);
  if (asked === `${DISCO}#info`)
    return result(`<query xmlns='${DISCO}#info'><feature var='${UPLOAD}'/></query>`);
  return result(`<slot xmlns='${UPLOAD}'><put url='${HOME}/a'/><get url='${HOME}/a'/></slot>`);
}

/** The account seems to be signed in to a server at home, the worst case: then private addresses may be fine. */
export async function signedInAtHome({ engine }: OpenApi, jid: string): Promise<void> {
  const { sessions } = engine;
  const account = await engine.accounts.known(bareJid(jid));
  const session = {
    jid,
    state: 'online',
    serverAddress: '10.0.0.1',
    request: answer,
    send: async () => undefined,
  };
  Object.assign(sessions, { of: () => session, accountOf: () => account });
}

/** Both ways in which an address given by others makes Botmother fetch a file, each as status and words. */
export function fileClients({ engine, app }: OpenApi, bot: { id: number; token: string }) {
  const said = ({ statusCode, body }: { statusCode: number; body: string }) => ({
    status: statusCode,
    description: String((JSON.parse(body) as Record<string, unknown>).description),
  });
  return {
    /** A program has a file sent that lies there. */
    send: async (url: string) =>
      said(
        await app.inject({
          method: 'POST',
          url: '/bot/sendFile',
          headers: { authorization: `Bearer ${bot.token}` },
          payload: { to: 'friend@localhost', url },
        }),
      ),
    /** Somebody sent a file that lies there, and a program wants it. */
    async receive(url: string) {
      const [file] = await engine.store.write((tx) =>
        engine.receivedFiles.offer(tx, bot.id as never, [{ url, name: 'x' }] as never),
      );
      return said(await app.inject({ method: 'GET', url: `/bot/${file?.url}` }));
    },
  };
}
export type FileClients = ReturnType<typeof fileClients>;

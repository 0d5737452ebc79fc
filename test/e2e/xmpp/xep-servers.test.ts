import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../src-main/base/clock.ts';
import { silentLogger } from '../../../src-main/base/logger.ts';
import { type Element, xml } from '../../../src-main/gateways/xmpp/element.ts';
import { StanzaError } from '../../../src-main/gateways/xmpp/session.ts';
import { sessionPool } from '../../../src-main/gateways/xmpp/session-pool.ts';
import { accountFeatures } from '../../../src-main/gateways/xmpp/xep-0030-disco-query.ts';
import { joinRoom, leaveRoom } from '../../../src-main/gateways/xmpp/xep-0045-joined-room.ts';
import { configureRoom } from '../../../src-main/gateways/xmpp/xep-0045-muc.ts';
import { readVcard, writeVcard } from '../../../src-main/gateways/xmpp/xep-0054-vcard.ts';
import {
  deleteNode,
  type NodeOptions,
  retractItem,
} from '../../../src-main/gateways/xmpp/xep-0060-pubsub.ts';
import {
  avatarId,
  publishAvatar,
  readAvatar,
  removeAvatar,
} from '../../../src-main/gateways/xmpp/xep-0084-avatar.ts';
import {
  hasPep,
  onEvent,
  type PepEvent,
  publishPep,
  readPep,
} from '../../../src-main/gateways/xmpp/xep-0163-pep.ts';
import { forwarded } from '../../../src-main/gateways/xmpp/xep-0297-forwarding.ts';
import {
  NS_ARCHIVE,
  newestArchived,
  queryArchive,
} from '../../../src-main/gateways/xmpp/xep-0313-archive.ts';
import { NS_STANZA_ID } from '../../../src-main/gateways/xmpp/xep-0359-stanza-ids.ts';
import { findUploadService, requestSlot } from '../../../src-main/gateways/xmpp/xep-0363-upload.ts';
import { bareJid } from '../../../src-shared/jid.ts';
import { lacks } from '../../support/servers/ready.ts';
import { startEjabberd, startProsody, type XmppServer } from '../../support/servers/servers.ts';
import { until } from '../../support/until.ts';

const servers = [
  { name: 'ejabberd', start: startEjabberd, needs: ['server'] as const },
  { name: 'Prosody', start: startProsody, needs: ['prosody'] as const },
];

const ANNA = bareJid('anna@localhost');
const BERT = bareJid('bert@localhost');
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Anna and Bert do not know each other: there is no subscription. */
async function signIn(server: XmppServer, jid: typeof ANNA, resource: string) {
  const pool = sessionPool({ clock: systemClock, logger: silentLogger });
  const received: Element[] = [];
  const session = pool.start({
    jid,
    resource,
    password: () => 'secret',
    service: server.service,
    ca: readFileSync(server.caFile, 'utf8'),
  });
  session.onMessage(async (stanza) => void received.push(stanza));
  await until(`${jid} online`, () => session.state === 'online');
  return { session, received, close: () => pool.stopAll() };
}
type Person = Awaited<ReturnType<typeof signIn>>;

describe.each(servers)('extensions on a real $name', ({ start, needs }) => {
  const isMissing = lacks(...needs);
  let server: Awaited<ReturnType<typeof start>>;
  let anna: Person;
  let bert: Person;

  beforeAll(async () => {
    if (isMissing) return;
    server = await start();
    await Promise.all([server.register('anna', 'secret'), server.register('bert', 'secret')]);
    [anna, bert] = await Promise.all([signIn(server, ANNA, 'one'), signIn(server, BERT, 'one')]);
  });
  afterAll(async () => {
    await Promise.all([anna?.close(), bert?.close()]);
    await server?.[Symbol.asyncDispose]();
  });

  it.skipIf(isMissing)('reads the archive page by page, and no result of somebody else', async () => {
    const texts = ['one', 'two', 'three'];
    for (const text of texts) {
      const body = xml('body', {}, text);
      await bert.session.send(xml('message', { to: ANNA, id: randomUUID(), type: 'chat' }, body));
    }
    await until('three messages', () => anna.received.filter((one) => one.getChild('body')).length === 3);
    const { session } = anna;
    /** Bert knows, as nobody could, under which id Anna asks. */
    const betrayed = {
      jid: ANNA,
      watchMessages: session.watchMessages.bind(session),
      request: async (iq: Element, options?: { timeoutMs?: number }) => {
        const queryid = String(iq.getChild('query')?.attrs.queryid);
        const inner = forwarded(xml('message', { from: BERT }, xml('body', {}, 'forged')), Date.now());
        const result = xml('result', { xmlns: 'urn:xmpp:mam:2', queryid, id: 'forged' }, inner);
        await bert.session.send(xml('message', { to: session.boundJid }, result));
        const isThere = () => anna.received.some((one) => one.getChild('result')?.attrs.queryid === queryid);
        await until('the forgery', isThere);
        return session.request(iq, options);
      },
    };

    const first = await queryArchive(betrayed, { max: 2, with: BERT });
    const after = first.last ?? '';
    const second = await queryArchive(session, { max: 2, with: BERT, after });
    const newest = await newestArchived(session);

    const textOf = ({ message }: (typeof first.messages)[number]) => message.getChildText('body');
    expect(first.messages.map(textOf)).toEqual(['one', 'two']);
    expect(second.messages.map(textOf)).toEqual(['three']);
    expect([first.isComplete, second.isComplete]).toEqual([false, true]);
    expect(newest?.archiveId).toBe(second.messages[0]?.archiveId);
    expect(newest?.stampMs).toBe(second.messages[0]?.stampMs);
    const features = await accountFeatures(session);
    expect([NS_ARCHIVE, NS_STANZA_ID].map((feature) => features.has(feature))).toEqual([true, true]);
    // ejabberd looks for ids by time, and with one that is no number from the beginning.
    const lost = queryArchive(session, { max: 1, after: 'no-such-id', with: BERT });
    if (server.kind === 'ejabberd') expect((await lost).messages.map(textOf)).toEqual(['one']);
    else await expect(lost).rejects.toMatchObject({ condition: 'item-not-found' });
  });

  it.skipIf(isMissing)(
    'publishes what strangers may read, or no longer, with events to own clients',
    async () => {
      const node = 'urn:example:things';
      const events: PepEvent[] = [];
      const other = await signIn(server, ANNA, 'two');
      onTestFinished(() => other.close());
      onEvent(other.session, { node }, async (event) => void events.push(event));
      const publish = (id: string, access: NodeOptions['access']) =>
        publishPep(anna.session, {
          node,
          id,
          payload: xml('thing', { xmlns: node }, id),
          options: { access, persist: true, maxItems: 'max' },
        });

      for (const id of ['a', 'b']) await publish(id, 'open');
      const byStranger = await readPep(bert.session, { owner: ANNA, node });
      await retractItem(anna.session, { node, id: 'a' });
      await publish('c', 'whitelist');
      const byOwner = await readPep(anna.session, { node });

      expect(await hasPep(anna.session)).toBe(true);
      expect(byStranger.map(({ id }) => id).sort()).toEqual(['a', 'b']);
      expect(byOwner.map(({ id }) => id).sort()).toEqual(['b', 'c']);
      await expect(readPep(bert.session, { owner: ANNA, node })).rejects.toBeInstanceOf(StanzaError);
      const heard = await until('the event', () =>
        events.find(({ items }) => items.some(({ id }) => id === 'c')),
      );
      expect(heard.owner).toBe(ANNA);
      await deleteNode(anna.session, { node });
      expect(await readPep(anna.session, { node })).toEqual([]);
    },
  );

  it.skipIf(isMissing)('shows a picture and a card to strangers', async () => {
    await writeVcard(anna.session, { fullName: 'Anna', description: 'Grüße & <mehr>' });
    await publishAvatar(anna.session, { bytes: PIXEL, mediaType: 'image/png', width: 1, height: 1 });

    const card = await readVcard(bert.session, { owner: ANNA });
    const avatar = await readAvatar(bert.session, { owner: ANNA });
    await removeAvatar(anna.session);

    expect(card).toMatchObject({ fullName: 'Anna', description: 'Grüße & <mehr>' });
    expect(avatar).toMatchObject({ id: avatarId(PIXEL), sizeBytes: PIXEL.length, mediaType: 'image/png' });
    expect(Buffer.from(avatar?.bytes ?? []).equals(PIXEL)).toBe(true);
    expect(await readAvatar(bert.session, { owner: ANNA })).toBeUndefined();
  });

  it.skipIf(isMissing)('puts a file where others get it', async () => {
    const service = await findUploadService(anna.session);
    const slot = await requestSlot(anna.session, {
      service: service?.jid ?? '',
      filename: 'a pixel.png',
      sizeBytes: PIXEL.length,
      mediaType: 'image/png',
    });
    const dispatcher = new Agent({ connect: { ca: readFileSync(server.caFile, 'utf8') } });
    onTestFinished(() => dispatcher.close());
    const headers = { ...Object.fromEntries(slot.headers), 'content-type': 'image/png' };
    const put = await fetch(slot.putUrl, { method: 'PUT', headers, body: PIXEL, dispatcher });
    const got = await fetch(slot.getUrl, { dispatcher });
    const bytes = Buffer.from(await got.arrayBuffer());

    expect(service).toEqual({ jid: 'upload.localhost', maxSizeBytes: 100 * 1024 * 1024 });
    expect([put.status, bytes.equals(PIXEL)]).toEqual([201, true]);
  });

  it.skipIf(isMissing)('enters a room, under a name that is free, and leaves it', async () => {
    const room = bareJid('tea@conference.localhost');
    const subjects: string[] = [];
    const hers = await joinRoom({ session: anna.session, clock: systemClock }, { room, nickname: 'anna' });
    await configureRoom(anna.session, { room, fields: { 'muc#roomconfig_membersonly': false } });
    const asBert = { session: bert.session, clock: systemClock };

    await expect(joinRoom(asBert, { room, nickname: 'anna' })).rejects.toMatchObject({
      condition: 'conflict',
    });
    const his = await joinRoom(
      asBert,
      { room, nickname: 'bert' },
      { onSubject: (subject) => subjects.push(subject) },
    );
    await hers.setSubject('Cake');
    await until('the subject', () => subjects.includes('Cake'));

    expect(hers.isNew).toBe(true);
    expect([...his.occupants.keys()].sort()).toEqual(['anna', 'bert']);
    await until('Anna to see Bert', () => hers.occupants.has('bert'));
    await leaveRoom(his);
    await until('Anna to see Bert leave', () => !hers.occupants.has('bert'));
    await leaveRoom(hers);
    expect([his.isJoined, hers.isJoined]).toEqual([false, false]);
  });
});

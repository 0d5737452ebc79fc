import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../src-main/base/clock.ts';
import { silentLogger } from '../../../src-main/base/logger.ts';
import { prepareAvatar } from '../../../src-main/engine/bots/avatar-image.ts';
import { drawAvatar } from '../../../src-main/engine/bots/drawn-avatar.ts';
import { BOT_GROUP, befriend } from '../../../src-main/engine/identity/befriend.ts';
import {
  type BotProfile,
  botProfile,
  NS_PROFILE_MARK,
  removeProfile,
} from '../../../src-main/engine/identity/bot-profile.ts';
import { ownerBinding } from '../../../src-main/engine/identity/owner-binding.ts';
import { readContacts, removeContact, setContact } from '../../../src-main/gateways/xmpp/contacts.ts';
import { type Element, xml } from '../../../src-main/gateways/xmpp/element.ts';
import { botIdentity } from '../../../src-main/gateways/xmpp/identity.ts';
import type { Session } from '../../../src-main/gateways/xmpp/session.ts';
import { sessionPool } from '../../../src-main/gateways/xmpp/session-pool.ts';
import { offersPreApproval, subscribeRequest } from '../../../src-main/gateways/xmpp/subscriptions.ts';
import { discoverInfo, discoverItems } from '../../../src-main/gateways/xmpp/xep-0030-disco-query.ts';
import { readVcard } from '../../../src-main/gateways/xmpp/xep-0054-vcard.ts';
import {
  avatarId,
  NS_AVATAR_DATA,
  NS_AVATAR_METADATA,
  readAvatar,
} from '../../../src-main/gateways/xmpp/xep-0084-avatar.ts';
import { readCaps, verificationString } from '../../../src-main/gateways/xmpp/xep-0115-caps.ts';
import { photoIdIn } from '../../../src-main/gateways/xmpp/xep-0153-vcard-avatar.ts';
import { readPep } from '../../../src-main/gateways/xmpp/xep-0163-pep.ts';
import { NS_NICK, readNickname } from '../../../src-main/gateways/xmpp/xep-0172-nickname.ts';
import { type BareJid, bareJid } from '../../../src-shared/jid.ts';
import { photo } from '../../support/images.ts';
import { lacks } from '../../support/servers/ready.ts';
import { startEjabberd, startProsody, type XmppServer } from '../../support/servers/servers.ts';
import { until } from '../../support/until.ts';

const servers = [
  { name: 'ejabberd', start: startEjabberd, needs: ['server'] as const },
  { name: 'Prosody', start: startProsody, needs: ['prosody'] as const },
];
const NAME = 'Wetter & <Frosch>';

/** One account, online, with everything that went out and came in. */
async function signIn(
  server: XmppServer,
  jid: BareJid,
  attach: (session: Session) => { close(): Promise<void> }[] = () => [],
  identity = botIdentity(NAME),
) {
  const pool = sessionPool({ clock: systemClock, logger: silentLogger });
  const presences: Element[] = [];
  const asked: Element[] = [];
  const sent: Element[] = [];
  const session = pool.start({
    jid,
    resource: 'one',
    password: () => 'secret',
    service: server.service,
    ca: readFileSync(server.caFile, 'utf8'),
    identity: () => identity,
  });
  const { request, send } = session;
  session.request = (iq, options) => {
    // What every session does is not what is looked at here.
    if (!iq.getChild('enable', 'urn:xmpp:carbons:2')) asked.push(iq);
    return request.call(session, iq, options);
  };
  session.send = (stanza) => {
    if (typeof stanza === 'object') sent.push(stanza);
    return send.call(session, stanza);
  };
  session.onPresence((presence) => presences.push(presence));
  const attached = attach(session);
  await until(`${jid} online`, () => session.state === 'online');
  let isClosed = false;
  return {
    jid,
    session,
    presences,
    asked,
    sent,
    /** Presences of somebody, by type; those that are available have none. */
    from: (sender: BareJid, type?: string) =>
      presences.filter(({ attrs }) => attrs.from.startsWith(sender) && attrs.type === type),
    async close() {
      if (isClosed) return;
      isClosed = true;
      await pool.stopAll();
      await Promise.all(attached.map((one) => one.close()));
    },
  };
}
type Person = Awaited<ReturnType<typeof signIn>>;

/** What was sent before has been handled by the server, and what that caused has come, when this resolves. */
async function settled(...people: Person[]): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    await Promise.all(people.map(({ session }) => readContacts(session)));
  }
}
const contactOf = async (person: Person, jid: BareJid) => (await readContacts(person.session)).get(jid);
const isMutual = async (person: Person, jid: BareJid) => {
  const contact = await contactOf(person, jid);
  return contact?.isTo === true && contact.isFrom;
};

describe.each(servers)('a dedicated bot on a real $name', ({ start, needs }) => {
  const isMissing = lacks(...needs);
  let server: Awaited<ReturnType<typeof start>>;
  let count = 0;

  beforeAll(async () => {
    if (isMissing) return;
    server = await start();
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
  });

  async function account(name: string): Promise<BareJid> {
    count += 1;
    await server.register(`${name}${count}`, 'secret');
    return bareJid(`${name}${count}@localhost`);
  }
  async function online(
    ...parameters: [
      BareJid,
      ...(Parameters<typeof signIn> extends [unknown, unknown, ...infer R] ? R : never),
    ]
  ) {
    const person = await signIn(server, ...parameters);
    onTestFinished(() => person.close());
    return person;
  }
  const accounts = async () => ({
    bot: await account('bot'),
    owner: await account('owner'),
    stranger: await account('eve'),
  });
  const bound = (owner: BareJid) => (session: Session) => [
    ownerBinding(session, { owner, name: () => NAME, logger: silentLogger }),
  ];
  const ownerOf = (bot: BareJid) => (session: Session) => [
    befriend(session, { bots: async () => [{ jid: bot, name: NAME }], logger: silentLogger }),
  ];

  it.skipIf(isMissing)('shows its name, picture and description, and publishes them once', async () => {
    const jids = await accounts();
    const profile: BotProfile = {
      name: NAME,
      description: 'Grüße & <mehr>',
      avatar: await prepareAvatar(await photo()),
    };
    const profiles: ReturnType<typeof botProfile>[] = [];
    const withProfile = (session: Session) => {
      const made = botProfile(session, { read: async () => ({ ...profile }), logger: silentLogger });
      profiles.push(made);
      return [made];
    };
    const published = (person: Person) => person.asked.filter(({ attrs }) => attrs.type === 'set').length;
    const stranger = await online(jids.stranger);
    const mark = async (person: Person) => (await readPep(person.session, { node: NS_PROFILE_MARK }))[0];

    const first = await online(jids.bot, withProfile);
    await until('the mark', () => mark(first));
    const seen = {
      card: await readVcard(stranger.session, { owner: jids.bot }),
      avatar: await readAvatar(stranger.session, { owner: jids.bot }),
      nick: await readNickname(stranger.session, { owner: jids.bot }),
    };
    await first.close();
    const second = await online(jids.bot, withProfile);
    await until('its question', () => second.asked.length > 0);
    await profiles.at(-1)?.refresh();
    const shown = () => second.from(jids.bot).map(photoIdIn);
    await until('the picture in its presence', () => shown().at(-1) === avatarId(profile.avatar.image));

    const { image } = profile.avatar;
    expect(seen.card).toMatchObject({ fullName: NAME, nickname: NAME, description: 'Grüße & <mehr>' });
    expect(Buffer.from(seen.card?.photo?.bytes ?? []).equals(image)).toBe(true);
    expect(seen.avatar).toMatchObject({
      id: avatarId(image),
      mediaType: 'image/png',
      width: 256,
      height: 256,
    });
    expect(seen.nick).toBe(NAME);
    expect(published(first)).toBeGreaterThan(0);
    expect([second.asked.length, published(second)]).toEqual([1, 0]);
    await expect(readPep(stranger.session, { owner: jids.bot, node: NS_PROFILE_MARK })).rejects.toThrow();

    // Live: another picture and description.
    profile.avatar = await drawAvatar(NAME);
    profile.description = 'Anders';
    await profiles.at(-1)?.refresh();
    await profiles.at(-1)?.refresh();

    expect(await readVcard(stranger.session, { owner: jids.bot })).toMatchObject({ description: 'Anders' });
    const changed = await readAvatar(stranger.session, { owner: jids.bot });
    expect(changed?.id).toBe(avatarId(profile.avatar.image));
    await until('the new one in its presence', () => shown().at(-1) === changed?.id);
    const once = published(second);
    await profiles.at(-1)?.refresh();
    expect(published(second)).toBe(once);

    await removeProfile(second.session);
    // To a stranger Prosody says of a node that is not there what it says of a private one.
    for (const node of [NS_AVATAR_DATA, NS_AVATAR_METADATA, NS_NICK, NS_PROFILE_MARK]) {
      expect(await readPep(second.session, { node })).toEqual([]);
    }
    const left = await readVcard(stranger.session, { owner: jids.bot });
    expect([left?.fullName, left?.photo]).toEqual([undefined, undefined]);
    await removeProfile(second.session);
  });

  it.skipIf(isMissing)('is a contact of its owner, who is signed in here, from either side', async () => {
    for (const order of ['bot first', 'owner first']) {
      const jids = await accounts();
      const comes = {
        'bot first': [() => online(jids.bot, bound(jids.owner)), () => online(jids.owner, ownerOf(jids.bot))],
        'owner first': [
          () => online(jids.owner, ownerOf(jids.bot)),
          () => online(jids.bot, bound(jids.owner)),
        ],
      }[order];
      const people: Person[] = [];
      for (const come of comes ?? []) people.push(await come());
      const bot = people.find(({ jid }) => jid === jids.bot) as Person;
      const owner = people.find(({ jid }) => jid === jids.owner) as Person;

      await until(`both sides, ${order}`, async () => {
        return (await isMutual(bot, jids.owner)) && (await isMutual(owner, jids.bot));
      });
      expect(await contactOf(owner, jids.bot)).toMatchObject({ name: NAME, groups: [BOT_GROUP] });
      const presence = await until('its presence', () => owner.from(jids.bot).at(-1));
      await until('the presence of the owner', () => bot.from(jids.owner).at(-1));
      // Where the owner's approval is kept by the server, no client of the owner has to ask.
      const wasTold = owner.from(jids.bot, 'subscribe').length > 0;
      expect(offersPreApproval(owner.session)).toBe(server.kind === 'prosody');
      if (order === 'owner first') expect(wasTold).toBe(server.kind !== 'prosody');

      expect(photoIdIn(presence)).toBeUndefined();
      // Its client says what it is, under its name.
      const info = await discoverInfo(owner.session, { jid: String(presence.attrs.from) });
      expect(info.identities).toEqual([{ category: 'client', type: 'bot', name: NAME }]);
      expect(readCaps(presence)?.ver).toBe(verificationString([...info.features], botIdentity(NAME)));

      // The owner's own name for it stays, and coming again changes nothing.
      await setContact(owner.session, { jid: jids.bot, name: 'Frosch', groups: [] });
      await Promise.all([bot.close(), owner.close()]);
      const [again, back] = [
        await online(jids.bot, bound(jids.owner)),
        await online(jids.owner, ownerOf(jids.bot)),
      ];
      await until('their questions', () => again.asked.length > 0 && back.asked.length > 0);
      await settled(again, back);
      expect([...again.sent, ...back.sent]).toEqual([]);
      expect([...again.asked, ...back.asked].filter(({ attrs }) => attrs.type === 'set')).toEqual([]);
      expect(await contactOf(back, jids.bot)).toMatchObject({
        name: 'Frosch',
        groups: [],
        isTo: true,
        isFrom: true,
      });

      await removeContact(back.session, jids.bot);
      await removeContact(back.session, jids.bot);
      expect(await contactOf(back, jids.bot)).toBeUndefined();
    }
  });

  it.skipIf(isMissing)('is a contact of an owner with any client, who approves it there', async () => {
    const jids = await accounts();
    const owner = await online(jids.owner);
    const bot = await online(jids.bot, bound(jids.owner));

    const request = await until('its request', () => owner.from(jids.bot, 'subscribe')[0]);
    expect(request.getChildText('nick')).toBe(NAME);
    await owner.session.send(xml('presence', { to: jids.bot, type: 'unsubscribed' }));
    await settled(owner, bot);
    await bot.close();
    // It was refused, and does not ask again by itself.
    const again = await online(jids.bot, bound(jids.owner));
    await until('its question', () => again.asked.length > 0);
    await settled(again);
    expect(again.sent).toEqual([]);
    // Until its owner wants it.
    await owner.session.send(subscribeRequest(jids.bot));
    await until('the approval', () => owner.from(jids.bot, 'subscribed')[0]);
    await until('its second request', () => owner.from(jids.bot, 'subscribe')[1]);
    await owner.session.send(xml('presence', { to: jids.bot, type: 'subscribed' }));
    await until('both', () => isMutual(again, jids.owner));
  });

  it.skipIf(isMissing)('is nobody to a stranger', async () => {
    const jids = await accounts();
    const bot = await online(jids.bot, bound(jids.owner));
    const stranger = await online(jids.stranger);
    const there = String(bot.session.boundJid);
    const nobody = `${jids.bot}/nobody`;
    const refusalOf = (asked: Promise<unknown>) =>
      asked.then(
        () => 'answered',
        ({ condition, type }: { condition: string; type: string }) => `${type}/${condition}`,
      );
    const ask = (to: string) =>
      Promise.all([
        refusalOf(discoverInfo(stranger.session, { jid: to })),
        refusalOf(discoverItems(stranger.session, { jid: to })),
        refusalOf(
          stranger.session.request(xml('iq', { type: 'get', to }, xml('ping', { xmlns: 'urn:xmpp:ping' }))),
        ),
        refusalOf(
          stranger.session.request(
            xml('iq', { type: 'get', to }, xml('query', { xmlns: 'jabber:iq:version' })),
          ),
        ),
        refusalOf(
          stranger.session.request(
            xml('iq', { type: 'set', to }, xml('command', { xmlns: 'http://jabber.org/protocol/commands' })),
          ),
        ),
      ]);

    // Prosody tells a refusal only to who has asked for the contact list.
    await readContacts(stranger.session);
    await stranger.session.send(subscribeRequest(jids.bot));
    await until('the refusal', () => stranger.from(jids.bot, 'unsubscribed')[0]);
    await stranger.session.send(xml('presence', { to: there }));
    await stranger.session.send(xml('presence', { to: jids.bot, type: 'subscribed' }));
    await stranger.session.send(xml('presence', { to: jids.bot, type: 'probe' }));
    const answers = await ask(there);
    await settled(stranger, bot);

    expect(new Set(answers)).toEqual(new Set(['cancel/service-unavailable']));
    expect(answers).toEqual(await ask(nobody));
    // Servers may add that there is nothing to be had, in their own name; of the bot itself nothing came.
    expect(stranger.presences.filter(({ attrs }) => attrs.from === there)).toEqual([]);
    expect(stranger.from(jids.bot)).toEqual([]);
    expect((await contactOf(bot, jids.stranger))?.isFrom ?? false).toBe(false);
    expect(bot.sent.filter(({ attrs }) => attrs.to?.startsWith(jids.stranger))).toHaveLength(1);
  });

  it.skipIf(isMissing)('is approved by its owner here, who approves nobody else', async () => {
    const jids = await accounts();
    const owner = await online(jids.owner, ownerOf(jids.bot));
    const stranger = await online(jids.stranger);

    await stranger.session.send(subscribeRequest(jids.owner));
    await until('the request', () => owner.from(jids.stranger, 'subscribe')[0]);
    await settled(owner, stranger);

    expect(stranger.from(jids.owner, 'subscribed')).toEqual([]);
    expect(owner.sent.filter(({ attrs }) => attrs.to === jids.stranger)).toEqual([]);
  });
});

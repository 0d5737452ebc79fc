import { expect, it } from 'vitest';
import { botPlace } from '../../../src-main/engine/provisioning/bot-place.ts';
import { bareJid } from '../../../src-shared/jid.ts';

const NOTHING = { service: undefined, ca: undefined };
const SET = { service: 'xmpp://set:1', ca: 'set CA' };
const owner = (domain: string) => ({ jid: bareJid(`you@${domain}`), service: 'xmpp://own:2', ca: 'own CA' });

it.each([
  ['discovers what nobody says', NOTHING, undefined, NOTHING],
  ['goes where the settings say', SET, owner('chat.example'), SET],
  [
    'goes where the owner on the same domain goes',
    NOTHING,
    owner('chat.example'),
    { service: 'xmpp://own:2', ca: 'own CA' },
  ],
  ['learns nothing from an owner elsewhere', NOTHING, owner('other.example'), NOTHING],
  [
    'fills up what the settings leave open',
    { service: undefined, ca: 'set CA' },
    owner('chat.example'),
    { service: 'xmpp://own:2', ca: 'set CA' },
  ],
])('a bot %s', (_name, settings, account, place) => {
  expect(botPlace('chat.example', settings, account)).toEqual(place);
});
